import AirbyteProtocol
import JSONBytes

/// Tells what a message lacks of what the protocol requires of its type; nil when nothing.
enum MessageShape {
    /// A LOG payload.
    static func fault(log payload: JSON) -> String? {
        guard let level = payload["level"] else { return "no `level`" }
        guard let word = level.string, LogLevel(rawValue: word) != nil else { return "the level \(level.text)" }
        return payload["message"]?.string == nil ? "no text `message`" : nil
    }

    /// A CONTROL payload.
    static func fault(control payload: JSON) -> String? {
        guard payload["type"]?.string == "CONNECTOR_CONFIG" else { return "the type is not CONNECTOR_CONFIG" }
        guard payload["emitted_at"]?.isNumber == true else { return "no number `emitted_at`" }
        return payload["connectorConfig"]?["config"]?.members == nil ? "no object `connectorConfig.config`" : nil
    }

    /// A TRACE payload.
    static func fault(trace payload: JSON) -> String? {
        guard payload["emitted_at"]?.isNumber == true else { return "no number `emitted_at`" }
        switch payload["type"]?.string {
        case "ERROR": return payload["error"].map(fault(error:)) ?? "ERROR without an object `error`"
        case "ESTIMATE": return payload["estimate"].map(fault(estimate:)) ?? "ESTIMATE without an object `estimate`"
        case "STREAM_STATUS":
            return payload["stream_status"].map(fault(status:)) ?? "STREAM_STATUS without an object `stream_status`"
        case "ANALYTICS": return payload["analytics"]?["type"]?.string == nil ? "ANALYTICS without a text `type`" : nil
        case let word?: return "the type \(word)"
        case nil: return "no `type`"
        }
    }

    private static func fault(error: JSON) -> String? {
        guard error["message"]?.string != nil else { return "ERROR without a text `message`" }
        if let type = error["failure_type"], type.string.flatMap(FailureType.init(rawValue:)) == nil {
            return "the failure_type \(type.text)"
        }
        if let stream = error["stream_descriptor"], StreamKey(stream) == nil {
            return "a stream_descriptor without a name"
        }
        return nil
    }

    private static func fault(estimate: JSON) -> String? {
        guard estimate["name"]?.string != nil else { return "ESTIMATE without a text `name`" }
        guard ["STREAM", "SYNC"].contains(estimate["type"]?.string) else {
            return "ESTIMATE of neither STREAM nor SYNC"
        }
        for name in ["row_estimate", "byte_estimate"] {
            if let number = estimate[name], number.integer == nil { return "a \(name) that is no whole number" }
        }
        return nil
    }

    private static func fault(status: JSON) -> String? {
        guard StreamKey(status["stream_descriptor"]) != nil else { return "STREAM_STATUS without a stream's name" }
        guard let word = status["status"] else { return "STREAM_STATUS without a `status`" }
        if word.string.flatMap(StreamStatus.init(rawValue:)) == nil { return "the status \(word.text)" }
        guard let reasons = status["reasons"] else { return nil }
        guard let list = reasons.array else { return "`reasons` that are no list" }
        for reason in list {
            guard reason["type"]?.string == "RATE_LIMITED" else { return "a reason that is not RATE_LIMITED" }
            if let limit = reason["rate_limited"], limit["quota_reset"]?.isNumber == false {
                return "a quota_reset that is no number"
            }
        }
        return nil
    }

    /// A STATE payload.
    static func fault(state payload: JSON) -> String? {
        switch payload["type"]?.string {
        case "STREAM":
            guard let stream = payload["stream"] else { return "STREAM without an object `stream`" }
            return fault(streamState: stream) ?? fault(stats: payload)
        case "GLOBAL":
            guard let global = payload["global"], global.members != nil else {
                return "GLOBAL without an object `global`"
            }
            guard let streams = global["stream_states"]?.array else { return "GLOBAL without a list `stream_states`" }
            if streams.contains(where: { StreamKey($0["stream_descriptor"]) == nil }) {
                return "a stream without a name"
            }
            return fault(stats: payload)
        case "LEGACY", nil:
            if payload["type"] != nil, payload["type"]?.string == nil { return "a type that is no text" }
            return payload["data"]?.members == nil ? "neither a known type nor an object `data`" : nil
        case let word?: return "the type \(word)"
        }
    }

    private static func fault(streamState stream: JSON) -> String? {
        guard StreamKey(stream["stream_descriptor"]) != nil else { return "STREAM without the stream's name" }
        guard let state = stream["stream_state"] else { return "the stream_state is null or missing" }
        return state.members == nil ? "the stream_state is \(state.kindName)" : nil
    }

    private static func fault(stats payload: JSON) -> String? {
        guard let stats = payload["sourceStats"] else { return nil }
        guard stats.members != nil else { return "`sourceStats` is no object" }
        guard let count = stats["recordCount"] else { return nil }
        return count.integer.map { $0 < 0 } ?? true ? "the recordCount \(count.text)" : nil
    }

    /// A RECORD's `meta`.
    static func fault(meta: JSON) -> String? {
        guard meta.members != nil else { return "`meta` is \(meta.kindName)" }
        guard let changes = meta["changes"] else { return nil }
        guard let list = changes.array else { return "`changes` is \(changes.kindName)" }
        for change in list {
            guard change["field"]?.string != nil else { return "a change without a `field`" }
            guard ["NULLED", "TRUNCATED"].contains(change["change"]?.string) else {
                return "a change that is not NULLED or TRUNCATED"
            }
            guard let reason = change["reason"]?.string, reasons.contains(reason) else {
                return "a change with an unknown reason"
            }
        }
        return nil
    }

    private static let reasons: Set<String> = [
        "SOURCE_RECORD_SIZE_LIMITATION", "SOURCE_FIELD_SIZE_LIMITATION", "SOURCE_SERIALIZATION_ERROR",
        "SOURCE_RETRIEVAL_ERROR", "PLATFORM_SERIALIZATION_ERROR", "DESTINATION_RECORD_SIZE_LIMITATION",
        "DESTINATION_FIELD_SIZE_LIMITATION", "DESTINATION_SERIALIZATION_ERROR", "DESTINATION_TYPECAST_ERROR",
    ]
}

extension JSON {
    /// Whether it is a number of any kind.
    var isNumber: Bool {
        if case .number = self { true } else { false }
    }
}
