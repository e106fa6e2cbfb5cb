import CSystem

/// The variables of the environment that libcurl takes the address of a proxy from.
enum ProxyVariables {
    private static let names = ["http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY", "HTTP_PROXY"]

    /// Whether one of them may hold a user name and a password. Read once: nobody changes them while we run.
    static let holdPassword = names.contains { name in
        getenv(name).map { String(cString: $0).contains("@") } ?? false
    }
}
