/// One try of a request, answered or not: what `--debug` tells.
package struct RequestAttempt: Sendable, Equatable {
    /// The route, with path parameters as placeholders.
    package let route: String
    /// The parameters that page, where they are plain numbers. No others: they name rooms and users, and may hold secrets.
    package let paging: [String]
    /// The HTTP status; `nil` when no answer came.
    package let status: Int?
    /// Time from sending to the end of the answer, redirects included, in ms.
    package let milliseconds: Int64
    /// Bytes of the body after decompression.
    package let bytes: Int
    /// Time that it waited before for its turn and for the rate limit, in ms.
    package let waitedMilliseconds: Int64
    /// Which try it was, from 1; refusals for the rate limit count.
    package let number: Int

    private static let pagingParameters: Set<String> = ["count", "offset", "next", "previous"]

    /// The try number `number` of `request`.
    init(
        _ request: APIRequest, number: Int, waited: Int64, took milliseconds: Int64, response: HTTPResponse?
    ) {
        route = request.route
        paging = request.query.compactMap { name, value in
            Self.pagingParameters.contains(name) && Int64(value) != nil ? "\(name)=\(value)" : nil
        }
        status = response?.status
        bytes = response?.body.count ?? 0
        self.milliseconds = milliseconds
        waitedMilliseconds = waited
        self.number = number
    }
}

extension RequestAttempt: CustomStringConvertible {
    /// One line for a log.
    package var description: String {
        let subject = (["GET", route] + paging).joined(separator: " ")
        let answer = status.map { "\($0), \(bytes) bytes" } ?? "no answer"
        return "\(subject): \(answer), \(milliseconds) ms, waited \(waitedMilliseconds) ms, try \(number)"
    }
}
