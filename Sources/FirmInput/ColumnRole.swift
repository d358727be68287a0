/// What a column of a register can mean, and the headers by which it is recognized.
public enum ColumnRole: String, Sendable, Hashable, CaseIterable {
    /// Degrees east.
    case longitude
    /// Degrees north.
    case latitude
    /// Easting, or x, in meters.
    case x
    /// Northing, or y, in meters.
    case y
    /// Both coordinates in one text.
    case location
    /// The industry code.
    case industry
    /// Employees, as a number or a band.
    case employment
    /// What tells firms apart; the line number where there is none.
    case identifier = "id"
    /// The name of the firm.
    case name
    /// The place that clusters are named after.
    case place
    /// What codes are dealt anew within; never recognized, only named.
    case stratum
    /// The part of the ground a firm is counted in; never recognized, only named.
    case region
    /// Further industry codes of the firm; never recognized, only named.
    case furtherIndustry = "further_industry"

    /// The option that names the column by hand.
    var option: String {
        switch self {
        case .longitude: "--lon"
        case .latitude: "--lat"
        case .stratum: "--strata"
        case .region: "--regions"
        case .furtherIndustry: "--further-codes"
        default: "--\(rawValue)"
        }
    }

    /// The usual headers in English, Spanish, French, German, Portuguese and Chinese, folded (``HeaderFolding``). Each inner
    /// list is tried before the next; two columns found by one list are ambiguous.
    var usualHeaders: [[String]] {
        switch self {
        case .longitude:
            [
                [
                    "longitude", "longitud", "lon", "lng", "long", "laengengrad", "langengrad", "经度", "經度",
                    "longitudewgs84", "lonwgs84", "geolon", "geolng", "firmlon",
                ]
            ]
        case .latitude:
            [
                [
                    "latitude", "latitud", "lat", "breitengrad", "纬度", "緯度", "latitudewgs84", "latwgs84", "geolat",
                    "firmlat",
                ]
            ]
        case .x:
            [
                [
                    "x", "xcoord", "xcoordinate", "coordx", "coordinatex", "easting", "eastings", "locx", "utmx",
                    "rechtswert",
                ]
            ]
        case .y:
            [
                [
                    "y", "ycoord", "ycoordinate", "coordy", "coordinatey", "northing", "northings", "locy", "utmy",
                    "hochwert",
                ]
            ]
        case .location:
            [
                [
                    "location", "geolocation", "latlon", "latlong", "latlng", "coordinates", "coordenadas",
                    "coordonnees",
                    "koordinaten", "geopoint", "geopoint2d", "point", "坐标", "座標",
                ]
            ]
        case .industry:
            [
                [
                    "industry", "industrycode", "naics", "naicscode", "naicsprimary", "primarynaics", "naics2012",
                    "naics2017", "naics2022", "naics2012code", "naics2017code", "naics2022code", "nace", "nacecode",
                    "nace2",
                    "nacerev2", "nace21", "isic", "isiccode", "isic4", "isicrev4", "sic", "siccode", "sic2007", "uksic",
                    "codigoact", "codigoactividad", "scian", "codigoscian", "scian2018", "ciiu", "cnae",
                    "cnaeprincipal",
                    "cnaefiscalprincipal", "apet700", "codeape", "ape", "codenaf", "naf", "nafrev2",
                    "activiteprincipaleetablissement", "wz", "wz2008", "wzcode", "wirtschaftszweig", "cae", "行业代码",
                    "行業代碼", "产业代码", "產業代碼",
                ],
                [
                    "industria", "industrie", "branche", "sector", "secteur", "setor", "sektor", "activity",
                    "actividad",
                    "activite", "atividade", "行业", "行業", "产业", "產業",
                ],
            ]
        case .employment:
            [
                [
                    "employees", "employment", "employeecount", "numberofemployees", "numemployees", "noofemployees",
                    "totalemployees", "headcount", "empleados", "numeroempleados", "numempleados", "personalocupado",
                    "perocu", "effectif", "effectifs", "effectifsalarie", "nbsalaries", "nombresalaries", "libtefet",
                    "beschaftigte", "beschaeftigte", "mitarbeiter", "mitarbeiterzahl", "anzahlmitarbeiter",
                    "empregados",
                    "funcionarios", "numerofuncionarios", "员工人数", "员工数", "员工數", "从业人员", "從業人員", "从业人数",
                ],
                ["staff", "workers", "jobs", "personnel", "employeerange", "employmentsize", "sizeclass"],
            ]
        case .identifier:
            [
                ["id", "firmid", "companyid", "businessid", "establishmentid", "identifier", "identificador", "编号"],
                ["siret", "registrationnumber", "companynumber", "orgnr", "organisationnumber", "clee"],
            ]
        case .name:
            [
                [
                    "name", "firmname", "companyname", "businessname", "tradename", "nomestab", "nombre",
                    "nombreestablecimiento", "nom", "denomination", "firmenname", "unternehmensname", "nome", "企业名称",
                    "公司名称", "名称", "企業名稱", "公司名稱", "名稱",
                ],
                ["razonsocial", "razsocial", "raisonsociale", "razaosocial", "nomefantasia", "enseigne", "dbaname"],
            ]
        case .place:
            [
                ["place", "placename"],
                ["municipality", "municipio", "commune", "libellecommune", "gemeinde", "concelho", "communityname"],
                ["city", "town", "ciudad", "ville", "stadt", "ort", "cidade", "城市", "镇", "鎮"],
                ["localidad", "localite", "district", "county", "neighborhood", "neighbourhood", "barrio"],
            ]
        case .stratum, .region, .furtherIndustry: []
        }
    }
}
