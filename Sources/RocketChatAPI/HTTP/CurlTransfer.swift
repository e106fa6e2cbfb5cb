import CCurl
import JSONBytes

/// One easy handle of libcurl with the answer it is receiving; used for one request after the other.
///
/// Not `Sendable`: it lives and dies on the loop's thread.
final class CurlTransfer {
    /// libcurl's handle.
    let easy: UnsafeMutableRawPointer
    /// The id of the job under way, or of the last one.
    private(set) var id: UInt64 = 0

    private var job: CurlJob?
    private var timeout = 0
    private var headers = HTTPHeaders()
    private var body: [UInt8] = []
    private var isTooLarge = false
    // libcurl calls an answer complete that ends within its headers.
    private var hasWholeHead = false
    private var headerList: UnsafeMutablePointer<curl_slist>?
    private var sentHeaders: [(String, String)] = []
    private let errorText = UnsafeMutablePointer<CChar>.allocate(capacity: Int(CURL_ERROR_SIZE))

    /// Creates a handle with every option that does not change between requests.
    init(_ settings: CurlSettings) {
        guard let easy = rc_easy_init() else { fatalError("libcurl is out of memory") }
        self.easy = easy
        errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
        let context = Unmanaged.passUnretained(self).toOpaque()
        rc_set_data_callback(easy, CURLOPT_WRITEFUNCTION) { data, size, count, context in
            CurlTransfer.at(context).receive(UnsafeRawBufferPointer(start: data, count: size * count))
        }
        rc_set_pointer(easy, CURLOPT_WRITEDATA, context)
        rc_set_data_callback(easy, CURLOPT_HEADERFUNCTION) { data, size, count, context in
            CurlTransfer.at(context).receiveHeader(UnsafeRawBufferPointer(start: data, count: size * count))
        }
        rc_set_pointer(easy, CURLOPT_HEADERDATA, context)
        rc_set_pointer(easy, CURLOPT_ERRORBUFFER, errorText)
        // Without this, name resolution time-outs raise SIGALRM in a threaded program.
        rc_set_long(easy, CURLOPT_NOSIGNAL, 1)
        rc_allow_web_only(easy)
        // Redirects are judged by the client, because the token may go to the same host only.
        rc_set_long(easy, CURLOPT_FOLLOWLOCATION, 0)
        rc_set_long(easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
        rc_set_long(easy, CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_2TLS))
        // Empty means every encoding this libcurl can undo.
        rc_set_text(easy, CURLOPT_ACCEPT_ENCODING, "")
        rc_set_text(easy, CURLOPT_USERAGENT, settings.userAgent)
        rc_set_long(easy, CURLOPT_TCP_KEEPALIVE, 1)
        rc_set_long(easy, CURLOPT_CONNECTTIMEOUT_MS, settings.connectTimeout)
        rc_set_long(easy, CURLOPT_LOW_SPEED_LIMIT, 1)
        rc_set_long(easy, CURLOPT_LOW_SPEED_TIME, max(1, settings.stallTimeout / 1000))
        rc_set_long(easy, CURLOPT_BUFFERSIZE, 128 << 10)
        if let authority = settings.caCertificate {
            if settings.isAuthorityText {
                rc_set_authorities(easy, authority)
            } else {
                rc_set_text(easy, CURLOPT_CAINFO, authority)
            }
        } else {
            if let file = CurlVariables.certificateFile { rc_set_text(easy, CURLOPT_CAINFO, file) }
            if let folder = CurlVariables.certificateFolder { rc_set_text(easy, CURLOPT_CAPATH, folder) }
        }
    }

    deinit {
        rc_easy_cleanup(easy)
        rc_slist_free_all(headerList)
        errorText.deallocate()
    }

    // Bytes; pages are asked for in sizes below.
    private static let largestKept = 4 << 20

    /// Sets the handle up for `job`.
    func prepare(_ job: CurlJob) {
        body.removeAll(keepingCapacity: true)
        id = job.id
        self.job = job
        rc_set_text(easy, CURLOPT_URL, job.request.url)
        setHeaders(job.request.headers)
        timeout = max(1, job.request.timeout)
        rc_set_long(easy, CURLOPT_TIMEOUT_MS, timeout)
        rc_set_offset(easy, CURLOPT_MAXFILESIZE_LARGE, Int64(job.request.maximumBodyBytes))
    }

    // The same for almost all requests.
    private func setHeaders(_ fields: [(String, String)]) {
        guard !fields.elementsEqual(sentHeaders, by: ==) || headerList == nil else { return }
        rc_slist_free_all(headerList)
        headerList = fields.reduce(nil) { list, field in rc_slist_append(list, "\(field.0): \(field.1)") }
        rc_set_headers(easy, headerList)
        sentHeaders = fields
    }

    /// Allows the transfer more time: for that long nobody could attend to it.
    func extend(by time: Duration) {
        timeout += Int(time.components.seconds) * 1000 + 1000
        rc_set_long(easy, CURLOPT_TIMEOUT_MS, timeout)
    }

    /// Hands the result to the waiting task and lets go of everything that belongs to the job.
    func complete(_ result: Result<HTTPResponse, TransportError>) {
        job?.continuation.resume(returning: result)
        job = nil
        headers.removeAll()
        // Kept for the next answer, which reuses the memory if the page is done with by then. Halved the page
        // faults of reading 500 pages.
        if body.capacity > Self.largestKept { body = [] }
        isTooLarge = false
        hasWholeHead = false
        errorText[0] = 0
    }

    /// The answer, or why there is none, once libcurl says the transfer is done.
    func result(_ code: CURLcode) -> Result<HTTPResponse, TransportError> {
        guard code == CURLE_OK else {
            // What a proxy answered to the wish for a tunnel.
            let tunnel = rc_get_long(easy, CURLINFO_HTTP_CONNECTCODE)
            if tunnel >= 300 {
                return .failure(TransportError(.tunnel(tunnel), "the proxy refused the connection with \(tunnel)"))
            }
            return .failure(CurlFailure.error(code, isTooLarge: isTooLarge, detail: String(cString: errorText)))
        }
        guard hasWholeHead else {
            return .failure(TransportError(.truncated, "the connection ended within the answer's headers"))
        }
        let status = rc_get_long(easy, CURLINFO_RESPONSE_CODE)
        return .success(HTTPResponse(status: status, headers: headers, body: body))
    }

    private static func at(_ context: UnsafeMutableRawPointer?) -> CurlTransfer {
        guard let context else { preconditionFailure("libcurl lost a callback's context") }
        return Unmanaged<CurlTransfer>.fromOpaque(context).takeUnretainedValue()
    }

    // Returns the number of bytes taken; anything else makes libcurl end the transfer.
    private func receive(_ bytes: UnsafeRawBufferPointer) -> Int {
        let limit = job?.request.maximumBodyBytes ?? 0
        guard body.count + bytes.count <= limit else {
            isTooLarge = true
            return bytes.isEmpty ? 1 : 0
        }
        if body.isEmpty {
            // The length on the wire; of a compressed body only a lower bound, and growth then doubles.
            let length = rc_get_offset(easy, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T)
            body.reserveCapacity(max(bytes.count, Int(clamping: min(length, Int64(limit)))))
        }
        body.append(contentsOf: bytes)
        return bytes.count
    }

    private func receiveHeader(_ line: UnsafeRawBufferPointer) -> Int {
        if line.starts(with: "HTTP/".utf8) {
            // A new answer begins: the ones before were 1xx or a proxy's.
            headers.removeAll()
            hasWholeHead = false
        } else if line.first == UInt8(ascii: "\r") || line.first == UInt8(ascii: "\n") {
            hasWholeHead = true
        } else {
            headers.append(line: line)
        }
        return line.count
    }
}
