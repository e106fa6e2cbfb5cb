import AirbyteProtocol

@testable import JSONBytes
@testable import RocketChatSource

/// Files that runners hand over: a tree is what the reference reader sees, nothing that is no configuration, catalog or state passes for
/// one, and a state that was read is written as one that reads the same.
enum DocumentFuzz {
    static func fault(_ input: [UInt8]) -> String? {
        guard input.count(where: { $0 == UInt8(ascii: "[") || $0 == UInt8(ascii: "{") }) < 300 else {
            _ = try? JSON(parsing: input)
            return nil
        }
        // Editors put a byte order mark before files; it is skipped.
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let isJSON = ReferenceJSON.accepts(input.starts(with: mark) ? Array(input.dropFirst(3)) : input)
        let tree = try? JSON(parsing: input)
        guard (tree != nil) == isJSON else { return isJSON ? "JSON was refused" : "what is no JSON was accepted" }
        _ = try? ConfiguredCatalog.parse(input)
        let states = try? StateFile(parsing: input)
        guard let tree else { return nil }
        guard let again = try? JSON(parsing: tree.bytes), again == tree else { return "the tree does not survive" }
        if let configuration = try? Configuration(tree) {
            _ = Omission(configuration.omitted).refusal
            _ = configuration.rooms
            _ = Origin(configuration).isProven(by: states?.byName ?? [:])
            _ = try? Origin(configuration).check(states?.byName ?? [:])
        }
        _ = Configuration.secrets(in: tree)
        for state in [tree] + (states.map { Array($0.byName.values) } ?? []) {
            if let fault = fault(state: state) { return fault }
        }
        return nil
    }

    private static func fault(state: JSON) -> String? {
        _ = Origin.newestStamp(of: state)
        if let read = try? ParentWatermarks(state) {
            var moved = read
            moved.begin(at: 1_700_000_000_000)
            _ = moved.json
            guard let again = try? ParentWatermarks(read.json),
                again.rooms.mapValues(\.updated) == read.rooms.mapValues(\.updated),
                again.rooms.mapValues(\.paged) == read.rooms.mapValues(\.paged)
            else {
                return "watermarks do not survive: \(read.json.text)"
            }
        }
        if let read = try? ListingState(state) {
            guard let again = try? ListingState(read.json), again == read else {
                return "a listing does not survive: \(read.json.text)"
            }
        }
        if let read = try? PartState(state), read.size <= PartState.mostBytes {
            guard let again = try? PartState(read.json), again.json == read.json else {
                return "parts do not survive: \(read.json.text)"
            }
        }
        return nil
    }

    static let words = [
        "\"version\":1,", "\"version\":2,", "\"rooms\":[", "\"at\":", "\"asked\":", "\"ids\":[", "\"loading\":{",
        "\"paging\":{", "\"seen\":\"AAAAA\",",
        "\"fresh\":[", "\"parts\":", "\"keys\":[", "\"views\":[", "\"route\":", "\"updated\":", "\"pending\":[",
        "\"scan\":{", "\"origin\":{", "\"streams\":[",
        "\"sync_mode\":\"incremental\"", "\"endpoint\":\"https://a\",", "\"overlap_seconds\":",
        "\"http_headers\":\"A: b\",", "\"omit_fields\":[\"messages.md\"],",
        "\"start_date\":\"2025-01-01\",", "-62135683200000", "253402300799999", "\"AAC\"", "\"_____A\"",
    ]

    static let seeds: [[UInt8]] = [
        #"{"endpoint":"https://chat.example.com/x","token":"t","user_id":"u","start_date":"2025-01-31T00:00:00+02:00","room_types":["c"],"rooms":{"include":["a*"],"exclude":[""]},"room_scan":"changed","full_scan_hours":"24","overlap_seconds":120,"concurrency":4,"ca_certificate":"-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----","http_headers":"X-A: b\nC: d","omit_fields":["messages.md","users.a.b"],"__x":1}"#,
        #"{"streams":[{"stream":{"name":"messages","namespace":null,"json_schema":{"type":"object","properties":{"_id":{"type":["null","string"]}}},"supported_sync_modes":["full_refresh","incremental"]},"sync_mode":"incremental","destination_sync_mode":"append_dedup","cursor_field":["_updatedAt"],"primary_key":[["_id"]]}]}"#,
        #"[{"type":"STREAM","stream":{"stream_descriptor":{"name":"messages"},"stream_state":{"version":1,"rooms":[{"at":1795165200000,"asked":1795165320000,"ids":["a","b"],"fresh":["c"],"seen":"AAAAAABCDEZZZZZ","loading":{"d":1790000000000,"e":1},"paging":{"e":[7,-5]}}],"full_scan":1795165200000,"start":1,"scan":{"listed":1795165200000,"ended":1795165200001,"rooms":"1f","unlisted":["z"]},"origin":{"server":"https://a","user":"u","newest":1795165200000}}}}]"#,
        #"{"version":2,"at":1795165200000,"parts":[{"route":"v1/groups.listAll","scope":["a","b"],"updated":1795165200000,"ids":["x","y"],"pending":["z"],"emptied":true},{"route":"v1/im.list","updated":0}]}"#,
        #"{"version":1,"endpoint":"v1/users.list","updated":5,"ids":["a"]}"#,
        #"{"version":1,"at":1795165200000,"keys":["k1","k2","k3"],"views":[{"parents":["all"],"rows":["all"],"parts":{"GENERAL":"AA","r":"AgBB"},"emptied":["q"],"parents_emptied":true}]}"#,
        #"[{"type":"LEGACY","data":{"users":{"__ab_no_cursor_state_message":true},"messages":{"version":1,"rooms":[]}}}]"#,
        #"[{"type":"GLOBAL","global":{"shared_state":{"a":1},"stream_states":[{"stream_descriptor":{"name":"rooms","namespace":"n"},"stream_state":{"version":1}}]}}]"#,
        "\u{FEFF}[1]",
        // Instants that no clock can have shown.
        #"{"version":1,"rooms":[{"at":-9223372036854775808,"asked":9223372036854775807,"ids":["a"],"fresh":["b"],"loading":{"c":-9223372036854775808}}]}"#,
        #"{"version":1,"rooms":[{"at":9223372036854775807,"fresh":["b"]}],"start":-9223372036854775808,"full_scan":9223372036854775807}"#,
        #"{"version":2,"at":-9223372036854775808,"parts":[{"route":"v1/im.list","updated":9223372036854775807,"ids":[]}]}"#,
        #"{}"#, #"[]"#, #"null"#, #"{"a":"\ud83d\ude00\u0000","b":[1.0,-0,1e5,{"c":null}],"a":2}"#,
    ].map { Array($0.utf8) }
}
