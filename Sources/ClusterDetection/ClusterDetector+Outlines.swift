import ClusterGeometry
import FirmModel
import ScanStatistic

extension ClusterDetector {
    /// The circle of a scan. Its rim goes through a site, and outlines run inside of theirs by a fiftieth of the radius: it is drawn so
    /// much larger that all of it is inside.
    func drawn(
        _ zone: ScanZone, around center: Coordinate, in frame: CoordinateFrame, _ outlines: OutlineBuilder
    ) throws -> (footprint: Footprint?, areaSquareMeters: Double?) {
        guard zone.radius > 0 else { return (nil, nil) }
        let (footprint, _) = try drawn([center], radius: Meters(zone.radius.value * 1.025), in: frame, outlines)
        return (footprint, DiscUnion(centers: [center], radius: zone.radius, frame: frame).areaSquareMeters)
    }

    /// The outline and the area in square meters: neither for a radius of 0, and no outline where it reaches beyond what
    /// the coordinate system can place.
    func drawn(
        _ centers: [Coordinate], radius: Meters, in frame: CoordinateFrame, _ outlines: OutlineBuilder
    ) throws -> (footprint: Footprint?, areaSquareMeters: Double?) {
        guard radius > 0 else { return (nil, nil) }
        do throws(GeometryError) {
            return try outlines.footprint(centers: centers, radius: radius, shape: request.footprintShape)
        } catch {
            guard case .transformFailed = error else { throw error }
            return (nil, DiscUnion(centers: centers, radius: radius, frame: frame).areaSquareMeters)
        }
    }
}
