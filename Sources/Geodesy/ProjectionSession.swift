import CPROJ

/// A PROJ context with one transformation to WGS 84 in it.
///
/// PROJ contexts may move between threads but serve one at a time: ``Projection`` lends each session to one caller, which
/// is what makes sending it sound.
final class ProjectionSession: @unchecked Sendable {
    private let context: OpaquePointer
    private let transform: OpaquePointer
    let system: CoordinateSystem

    /// What a coordinate system is, as far as it matters here.
    struct CoordinateSystem: Sendable, Equatable {
        var name: String
        var isGeographic: Bool
        /// Meters, or for geographic systems degrees, in one unit of the axes.
        var unitFactor: Double
    }

    init(crs: String) throws(ProjectionError) {
        // Null only without memory; calls on the null context would use the shared default one.
        guard let context = proj_context_create() else { throw .unknownSystem(crs, reason: "no PROJ context") }
        proj_log_level(context, PJ_LOG_NONE)
        proj_context_set_enable_network(context, 0)
        do throws(ProjectionError) {
            system = try Self.describe(crs, in: context)
            transform = try Self.makeTransform(from: crs, in: context)
        } catch {
            proj_context_destroy(context)
            throw error
        }
        self.context = context
    }

    deinit {
        // In this order: a transformation refers to its context.
        proj_destroy(transform)
        proj_context_destroy(context)
    }

    private static func reason(_ context: OpaquePointer) -> String {
        proj_context_errno_string(context, proj_context_errno(context)).map { String(cString: $0) } ?? "no reason given"
    }

    private static func makeTransform(from crs: String, in context: OpaquePointer) throws(ProjectionError)
        -> OpaquePointer
    {
        guard let authorityOrder = proj_create_crs_to_crs(context, crs, "EPSG:4326", nil) else {
            throw .noTransform(crs, reason: reason(context))
        }
        defer { proj_destroy(authorityOrder) }
        // Easting or longitude first, whatever the authority says. A new object; null on error.
        guard let transform = proj_normalize_for_visualization(context, authorityOrder) else {
            throw .noTransform(crs, reason: reason(context))
        }
        return transform
    }

    private static func describe(_ crs: String, in context: OpaquePointer) throws(ProjectionError) -> CoordinateSystem {
        guard let object = proj_create(context, crs) else {
            throw .unknownSystem(crs, reason: reason(context))
        }
        defer { proj_destroy(object) }
        guard proj_is_crs(object) != 0 else { throw .unsupportedSystem(crs, kind: "not a coordinate system") }
        let name = proj_get_name(object).map { String(cString: $0) } ?? crs

        // A system with heights or with a datum shift attached: what it is made of.
        var horizontal: OpaquePointer? = proj_clone(context, object)
        defer { proj_destroy(horizontal) }
        while let outer = horizontal {
            let inner: OpaquePointer?
            switch proj_get_type(outer) {
            case PJ_TYPE_COMPOUND_CRS: inner = proj_crs_get_sub_crs(context, outer, 0)
            case PJ_TYPE_BOUND_CRS: inner = proj_get_source_crs(context, outer)
            default: inner = nil
            }
            guard let inner else { break }
            proj_destroy(outer)
            horizontal = inner
        }

        let isGeographic: Bool
        switch proj_get_type(horizontal) {
        case PJ_TYPE_PROJECTED_CRS: isGeographic = false
        case PJ_TYPE_GEOGRAPHIC_2D_CRS, PJ_TYPE_GEOGRAPHIC_3D_CRS: isGeographic = true
        case PJ_TYPE_GEOCENTRIC_CRS: throw .unsupportedSystem(crs, kind: "geocentric")
        case PJ_TYPE_VERTICAL_CRS: throw .unsupportedSystem(crs, kind: "a system of heights")
        case PJ_TYPE_ENGINEERING_CRS: throw .unsupportedSystem(crs, kind: "local to a site")
        default: throw .unsupportedSystem(crs, kind: "of another kind")
        }
        guard let axes = proj_crs_get_coordinate_system(context, horizontal) else {
            throw .unsupportedSystem(crs, kind: "without axes")
        }
        defer { proj_destroy(axes) }
        var factor = 0.0  // to meters, or to radians
        guard proj_cs_get_axis_info(context, axes, 0, nil, nil, nil, &factor, nil, nil, nil) != 0, factor > 0 else {
            throw .unsupportedSystem(crs, kind: "without a unit of length or angle")
        }
        return CoordinateSystem(
            name: name, isGeographic: isGeographic, unitFactor: isGeographic ? factor * 180 / .pi : factor)
    }

    /// Transforms in place from the units of the system's axes to degrees. What fails comes out infinite.
    func toWGS84(x: UnsafeMutableBufferPointer<Double>, y: UnsafeMutableBufferPointer<Double>) {
        let stride = MemoryLayout<Double>.stride
        // Returns the number of points, failed ones included, so that it says nothing.
        _ = proj_trans_generic(
            transform, PJ_FWD, x.baseAddress, stride, x.count, y.baseAddress, stride, y.count, nil, 0, 0, nil, 0, 0)
    }
}
