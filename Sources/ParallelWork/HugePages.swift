#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Large pages for large columns: the system hands out new memory 2 MB at a time instead of 4 kB, which is most of what it
/// costs to fill a column for the first time.
public enum HugePages {
    /// Below this, pages left half empty would weigh more than the time saved.
    static let threshold = 4 << 20

    /// Asks for large pages for memory that has not been written yet. A system without them goes on as before.
    public static func advise<Element>(_ memory: UnsafeMutableBufferPointer<Element>) {
        #if !canImport(Darwin)
            let length = memory.count * MemoryLayout<Element>.stride
            guard length >= threshold, let base = memory.baseAddress else { return }
            // Advice is given for whole pages.
            let page = Int(sysconf(Int32(_SC_PAGESIZE)))
            let start = (Int(bitPattern: base) + page - 1) / page * page
            let end = (Int(bitPattern: base) + length) / page * page
            _ = madvise(UnsafeMutableRawPointer(bitPattern: start), end - start, MADV_HUGEPAGE)
        #endif
    }
}
