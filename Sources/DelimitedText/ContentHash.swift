import CCrypto

/// SHA-256 of bytes that pass by (FIPS 180-4), by OpenSSL.
final class ContentHash {
    private let context: OpaquePointer?
    private var finished: String?

    init() {
        context = EVP_MD_CTX_new()
        // returns 1 on success
        if EVP_DigestInit_ex(context, EVP_sha256(), nil) != 1 { finished = "" }
    }

    deinit { EVP_MD_CTX_free(context) }

    func update(_ bytes: UnsafeRawBufferPointer) {
        guard finished == nil else { return }
        // returns 1 on success
        if EVP_DigestUpdate(context, bytes.baseAddress, bytes.count) != 1 { finished = "" }
    }

    /// The digest in hexadecimal; empty if the library refused to work.
    func finish() -> String {
        if let finished { return finished }
        var digest = [UInt8](repeating: 0, count: 32)
        var length: UInt32 = 0
        let status = EVP_DigestFinal_ex(context, &digest, &length)
        let text = status == 1 ? digest.map(Self.hexadecimal).joined() : ""
        finished = text
        return text
    }

    private static func hexadecimal(_ byte: UInt8) -> String {
        let digits = String(byte, radix: 16)
        return digits.count == 1 ? "0" + digits : digits
    }
}
