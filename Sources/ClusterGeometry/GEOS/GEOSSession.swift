import CGEOS

/// A GEOS context with the messages of its failures. Owned by one worker, never shared: GEOS contexts are not for use by
/// two threads at once, and neither is this (it is not `Sendable`).
final class GEOSSession {
    let handle: GEOSContextHandle_t
    private let messages = Messages()

    private final class Messages {
        var list: [String] = []
    }

    init() throws(GeometryError) {
        guard let handle = GEOS_init_r() else {
            throw .operationFailed(operation: "creating a context", messages: [])
        }
        self.handle = handle
        // The context never outlives `messages`: both end with the session, and geometries keep the session alive.
        GEOSContext_setErrorMessageHandler_r(
            handle,
            { text, userData in
                guard let text, let userData else { return }
                Unmanaged<Messages>.fromOpaque(userData).takeUnretainedValue().list.append(String(cString: text))
            }, Unmanaged.passUnretained(messages).toOpaque())
    }

    deinit { GEOS_finish_r(handle) }

    /// The error for an operation that just failed, with what GEOS said since the last one.
    func failure(_ operation: String) -> GeometryError {
        defer { messages.list.removeAll() }
        return .operationFailed(operation: operation, messages: messages.list)
    }
}

/// The version of the GEOS library in use, for example `3.11.1-CAPI-1.17.1`.
public enum GEOSLibrary {
    /// As GEOS states it.
    public static var version: String { GEOSversion().map { String(cString: $0) } ?? "unknown" }
}
