import CCurl

/// The system's libcurl, loaded when the first transport is made (`CCurl.h` says why not with the program).
enum CurlLibrary {
    private static let failure: String? = {
        CurlVariables.adoptHTTPProxy()
        return rc_load().map { String(cString: $0) }
    }()

    /// Loads the library unless that was done before.
    /// - Throws: `TransportError` when it is not there or cannot be used; trying again in this process does not help.
    static func load() throws(TransportError) {
        guard let failure else { return }
        throw TransportError(
            .other,
            "libcurl, which makes the requests, cannot be loaded (\(failure)). Install it: the package is called libcurl4 on "
                + "Debian and Ubuntu, libcurl on most other systems.")
    }

    /// Makes sure that the loaded library takes these authorities (PEM text) from memory.
    /// - Throws: `TransportError` when it only takes files, as one that was built with GnuTLS does.
    static func check(authorities text: String) throws(TransportError) {
        let easy = rc_easy_init()
        defer { rc_easy_cleanup(easy) }
        guard rc_set_authorities(easy, text) != CURLE_OK else { return }
        throw TransportError(
            .tls,
            "This system's libcurl takes certificate authorities from files only. Put the text of `ca_certificate` into a file and "
                + "set its path instead.")
    }
}
