import FirmClusters
import FirmClustersTestSupport
import Testing

/// Clusters of each industry of real registers, against scikit-learn's DBSCAN on the same points
/// (`Oracles/scikit_learn.py`). Border firms go to the nearest cluster here and to the first found there, which changes
/// neither the number of clusters nor the firms in none.
@Suite(.enabled(if: RealRegister.areHere, "\(RealRegister.absence)"))
struct ClusterCountTests {
    private func report(on register: FirmRegister, eps: Meters, minimumPoints: Double) throws -> ClusterReport {
        var request = DetectionRequest()
        request.neighborhood = .fixed(eps)
        request.minimumPoints = minimumPoints
        return try ClusterDetector(request).report(on: register)
    }

    @Test func colimaAtThreeDigits() throws {
        let register = try RealRegister.colima.reading { $0.level = 3 }.register
        let report = try report(on: register, eps: 1000, minimumPoints: 10)
        #expect(report.groups.map(ExpectedGroup.init) == ExpectedGroup.list(Self.colima))
        #expect(report.clusters.count == 320)
        #expect(report.groups.map(\.noiseFirms).reduce(0, +) == 4780)

        // The strongest, as an independent trial found them on projected points.
        let expected = [
            ("488-1", 283, 8.8, "Manzanillo"), ("484-1", 194, 12.4, "Manzanillo"), ("114-1", 68, 12.2, "Manzanillo"),
            ("327-1", 15, 83, "Armería"),
        ]
        for (id, firms, quotient, place) in expected {
            let cluster = try #require(report.clusters.first { $0.clusterID == id })
            #expect(cluster.firms == firms, "\(id)")
            #expect(abs(try #require(cluster.locationQuotient) / quotient - 1) < 0.02, "\(id)")
            #expect(try #require(cluster.locationQuotientLow) > 4, "\(id)")
            #expect(cluster.place == place, "\(id)")
        }
    }

    @Test func sanFrancisco() throws {
        let register = try RealRegister.sanFrancisco.reading { $0.industry = "PBC Code" }.register
        let report = try report(on: register, eps: 300, minimumPoints: 10)
        #expect(
            report.groups.map(ExpectedGroup.init)
                == ExpectedGroup.list("3079:1511:21:358 5800:2444:22:223 5812:887:15:291"))
    }

    @Test(arguments: [(RealRegister.beijing, Self.beijing), (.lasVegas, Self.lasVegas)])
    func localMeters(register: RealRegister, groups: String) throws {
        let reading = try register.reading {
            $0.frame = .local
            $0.industry = "Feature"
        }
        let report = try report(on: reading.register, eps: 200, minimumPoints: 5)
        #expect(report.groups.map(ExpectedGroup.init) == ExpectedGroup.list(groups))
    }

    private static let colima = """
        112:64:0:64 114:131:1:63 115:20:0:20 212:58:0:58 221:59:0:59 236:247:3:81 237:88:0:88 238:84:1:57
        311:1201:14:94 312:157:3:120 313:10:0:10 314:79:1:66 315:206:3:121 316:32:0:32 321:207:4:85
        322:58:0:58 323:95:2:45 325:30:0:30 326:17:0:17 327:87:1:72 331:4:0:4 332:554:9:96 333:9:0:9 335:5:0:5
        336:13:0:13 337:181:3:106 339:139:2:65 431:221:4:130 432:22:0:22 433:40:0:40 434:604:9:109
        435:210:3:66 436:47:1:37 437:2:0:2 461:5664:21:21 462:593:8:115 463:1740:14:87 464:611:9:70
        465:1814:14:118 466:1253:12:68 467:735:7:104 468:734:7:91 469:5:0:5 482:2:0:2 483:5:0:5 484:287:1:93
        485:85:2:63 486:2:0:2 487:9:0:9 488:357:3:45 491:15:0:15 492:49:0:49 493:18:0:18 511:14:0:14
        512:14:0:14 515:28:0:28 517:93:1:72 518:2:0:2 519:44:0:44 521:1:0:1 522:670:8:125 523:14:0:14
        524:90:1:34 525:1:0:1 531:418:5:102 532:243:5:148 533:2:0:2 541:776:5:64 551:3:0:3 561:499:6:111
        562:9:0:9 611:1013:13:130 621:1327:10:68 622:41:0:41 623:75:1:64 624:432:7:118 711:64:0:64 712:13:0:13
        713:329:7:131 721:286:7:83 722:6344:26:6 811:3034:15:72 812:2448:16:70 813:871:15:108 931:476:10:100
        """

    private static let beijing = """
        A:22530:740:5494 B:17652:716:5119 C:11449:580:5239 D:8864:354:4906 E:8605:195:6682 F:5503:201:3525
        G:5261:98:4112 H:4715:114:3803 I:3744:55:3401 J:3493:26:3338 K:3336:52:2842 L:2950:74:2466
        M:2367:25:2142 N:1881:27:1300 O:1389:26:1166 P:495:11:381 Q:446:0:446 R:153:0:153 S:75:1:70
        """

    private static let lasVegas = """
        A:4534:209:797 B:2875:105:1025 C:2070:63:1540 D:1898:103:833 E:1560:78:931 F:1669:75:898 G:1365:56:791
        H:935:15:847 I:924:19:502 J:885:7:780 K:914:12:838 L:739:27:492 M:713:17:417 N:601:12:530 O:349:2:336
        P:389:1:384 Q:304:0:304
        """
}
