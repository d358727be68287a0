/// Which columns a register is written with.
public enum RegisterColumns: Sendable {
    /// id, name, longitude, latitude, isic, employees, founded, closed, origin, ownership, export_share, parent_id, town.
    case full
    /// id, name, lon, lat, industry, employees, founded.
    case essential

    var header: String {
        switch self {
        case .full:
            "id,name,longitude,latitude,isic,employees,founded,closed,origin,ownership,export_share,parent_id,town"
        case .essential: "id,name,lon,lat,industry,employees,founded"
        }
    }
}
