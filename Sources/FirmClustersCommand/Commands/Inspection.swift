import FirmClusters

/// What `inspect` has found, as text and as JSON.
struct Inspection {
    let survey: RegisterSurvey
    let distances: DistanceSurvey?
    let minimumPoints: Int
    let title: (String) -> String?

    var source: RegisterSource { survey.source }

    var largestIndustries: [(code: String, rows: Int)] {
        Array(survey.industries.sorted { $0.rows != $1.rows ? $0.rows > $1.rows : $0.code < $1.code }.prefix(10))
    }
}
