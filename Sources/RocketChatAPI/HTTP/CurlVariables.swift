import CSystem

/// Variables of the environment that people know from the program `curl`, and that libcurl leaves to it.
enum CurlVariables {
    /// Lets `HTTP_PROXY` count where `http_proxy` is not set. libcurl obeys the second alone, because in a CGI script the first is a header
    /// that anybody can send; there it does not count here either.
    static func adoptHTTPProxy() {
        guard getenv("http_proxy") == nil, getenv("REQUEST_METHOD") == nil else { return }
        if let proxy = getenv("HTTP_PROXY") { setenv("http_proxy", proxy, 0) }
    }

    /// The file of authorities that `SSL_CERT_FILE` names.
    static let certificateFile = text("SSL_CERT_FILE")
    /// The folder of authorities that `SSL_CERT_DIR` names.
    static let certificateFolder = text("SSL_CERT_DIR")

    private static func text(_ name: String) -> String? {
        getenv(name).map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
    }
}
