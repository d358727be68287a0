/// The sphere on which longitude and latitude are measured.
public enum Sphere {
    /// The mean radius of the earth, R₁ = (2a + b)/3 of the GRS 80 ellipsoid (IUGG; Moritz 2000, Journal of Geodesy 74),
    /// in meters. Great-circle distances on it differ from WGS 84 geodesics by at most about 0.5 percent, for most pairs
    /// far less (Dongguan to Wenzhou: 0.04 percent).
    public static let radius = 6_371_008.8

    /// The longest distance two points can be apart: half a great circle, in meters.
    public static let halfCircumference = Double.pi * radius
}
