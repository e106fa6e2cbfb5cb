import AirbyteProtocol
import TestSupport
import Testing

@testable import JSONBytes
@testable import RocketChatSource

/// Values as real servers of some version sent them, and as what they must arrive.
@Suite struct ValueTests {
    /// Members put into a row of a stream's fixture, and what becomes of them.
    struct Case: Sendable, CustomTestStringConvertible {
        let stream: String
        let sent: String
        /// What must arrive of the same members; members that are not there must not arrive at all.
        let expected: String

        init(_ stream: String, _ sent: String, _ expected: String) {
            self.stream = stream
            self.sent = sent
            self.expected = expected
        }

        var testDescription: String { "\(stream): \(sent)" }
    }

    @Test("A value that the server sent arrives, in the declared form and without a note", arguments: cases)
    func arrives(example: Case) async throws {
        let stream = try #require(Catalogue.stream(named: example.stream))
        let sent = try #require(try JSON(parsing: Array(example.sent.utf8)).dictionary)
        let expected = try #require(try JSON(parsing: Array(example.expected.utf8)).dictionary)
        let fixture = try Fixture(of: stream)
        let row = try #require(fixture.rows.first)
        let changed = sent.reduce(row) { $0.setting([$1.key], to: $1.value) }
        let page = fixture.with([changed])
        let run = try await ConnectorRun.read([stream], page.server(), clock: VirtualClock())
        #expect(run.code == .ok, "\(run.errors())")
        let record = try #require(run.records(of: stream).first)
        for name in sent.keys { #expect(record["data"]?.dictionary?[name] == expected[name], "\(name)") }
        #expect(record["meta"] == nil)
        // Declared, so that typed destinations keep it, and of the declared type.
        let schema = StrictSchema(try stream.parsedSchema)
        #expect(schema.faults(in: .sortedObject(expected)) == [])
        #expect(!String(decoding: run.bytes, as: UTF8.self).contains("SECRET"))
    }

    private static let cases: [Case] = messages + rooms + others

    private static let messages = [
        Case(
            "livechat_messages",
            #"{"navigation":{"page":{"change":"url","title":"D","location":{"href":"https://example.com/"}},"token":"SECRET"}}"#,
            #"{"navigation":{"page":{"change":"url","title":"D","location":{"href":"https://example.com/"}}}}"#),
        Case(
            "livechat_messages",
            #"{"requestData":{"type":"user","visitor":{"_id":"v1","token":"SECRET","username":"guest-1"},"user":{"_id":"a"}}}"#,
            #"{"requestData":{"type":"user","visitor":{"_id":"v1","username":"guest-1"},"user":{"_id":"a"}}}"#),
        Case("livechat_messages", #"{"expireAt":1699449077968}"#, #"{"expireAt":"2023-11-08T13:11:17.968Z"}"#),
        Case("livechat_messages", #"{"transcriptRequested":true,"token":"SECRET"}"#, #"{"transcriptRequested":true}"#),
        Case("messages", #"{"imported":"slackbridge"}"#, #"{"imported":"slackbridge"}"#),
        Case("messages", #"{"imported":true}"#, #"{"imported":"true"}"#),
        Case("messages", #"{"bot":true}"#, #"{"bot":[true]}"#),
        Case("messages", #"{"bot":{"i":"hook"}}"#, #"{"bot":[{"i":"hook"}]}"#),
        Case(
            "messages",
            #"{"_importFile":{"downloadUrl":"https://files.slack.com/a.png?t=xoxe-SECRET","id":"F1","size":12,"external":false,"#
                + #""original":{"id":"F1","name":"a.png","thumb_64":"https://files.slack.com/t.png?t=xoxe-SECRET"}},"#
                + #""url":"https://files.slack.com/a.png?t=xoxe-SECRET","msg":"https://files.slack.com/a.png?t=xoxe-SECRET"}"#,
            #"{"_importFile":[{"id":"F1","size":12,"external":false,"original":{"id":"F1","name":"a.png"}}],"#
                + #""url":"https://files.slack.com/a.png?t=***","msg":"https://files.slack.com/a.png?t=***"}"#),
        Case("messages", #"{"_importFile":"F1"}"#, #"{"_importFile":["F1"]}"#),
        Case("messages", #"{"starred":{"_id":"KPkEYwKKBKZnEEPpt"}}"#, #"{"starred":[{"_id":"KPkEYwKKBKZnEEPpt"}]}"#),
        Case("messages", #"{"starred":[{"_id":"a"}]}"#, #"{"starred":[{"_id":"a"}]}"#),
        Case("messages", #"{"mentions":["ines"],"channels":"ops"}"#, #"{"mentions":["ines"],"channels":["ops"]}"#),
        Case("messages", #"{"slackTs":1700000000.5}"#, #"{"slackTs":"1700000000.5"}"#),
        Case(
            "messages", #"{"e2eMentions":{"e2eUserMentions":["@tom"]},"snippeted":true,"snippetName":"a.js"}"#,
            #"{"e2eMentions":{"e2eUserMentions":["@tom"]},"snippeted":true,"snippetName":"a.js"}"#),
        Case(
            "messages", #"{"replies":"u1","tcount":"2","editedAt":""}"#,
            #"{"replies":["u1"],"tcount":2,"editedAt":null}"#),
        Case(
            "moderation_reports",
            #"{"message":{"_id":"m9","msg":"x","navigation":{"token":"SECRET"},"token":"SECRET","_importFile":{"downloadUrl":"SECRET"}}}"#,
            #"{"message":{"_id":"m9","msg":"x","navigation":{},"_importFile":{}}}"#),
    ]

    private static let rooms = [
        Case("channels", #"{"sysMes":true}"#, #"{"sysMes":[true]}"#),
        Case(
            "channels", #"{"sysMes":["uj"],"rolePrioritiesCreated":1}"#,
            #"{"sysMes":["uj"],"rolePrioritiesCreated":[1]}"#),
        Case(
            "groups", #"{"rolePrioritiesCreated":true,"jitsiTimeout":""}"#,
            #"{"rolePrioritiesCreated":[true],"jitsiTimeout":null}"#),
        Case(
            "rooms",
            #"{"sidepanel":{"items":["channels"]},"usersWaitingForE2EKeys":[{"userId":"u"}],"customFields":""}"#,
            #"{"sidepanel":{"items":["channels"]},"usersWaitingForE2EKeys":[{"userId":"u"}],"customFields":null}"#),
        Case(
            "team_rooms",
            #"{"lastMessage":{"_id":"m","requestData":{"visitor":{"_id":"v","token":"SECRET"}},"token":"SECRET"}}"#,
            #"{"lastMessage":{"_id":"m","requestData":{"visitor":{"_id":"v"}}}}"#),
        Case(
            "livechat_rooms", #"{"closingMessage":{"_id":"m","token":"SECRET"},"code":7,"crmData":"answer"}"#,
            #"{"closingMessage":{"_id":"m"},"code":7,"crmData":["answer"]}"#),
        Case(
            "direct_messages", #"{"usernames":"ines","msgs":"12","lm":{"$date":1699449077968}}"#,
            #"{"usernames":["ines"],"msgs":12,"lm":"2023-11-08T13:11:17.968Z"}"#),
        Case(
            "subscriptions",
            #"{"unreadAlert":"all","autoTranslate":true,"autoTranslateLanguage":"de","blocked":true,"blocker":true,"#
                + #""audioNotificationValue":"beep","onHold":false,"department":"d1","v":{"_id":"v1","token":"SECRET"},"code":7}"#,
            #"{"unreadAlert":"all","autoTranslate":true,"autoTranslateLanguage":"de","blocked":true,"blocker":true,"#
                + #""audioNotificationValue":"beep","onHold":false,"department":"d1","v":{"_id":"v1"},"code":7}"#),
        Case(
            "room_members",
            #"{"subscription":{"_id":"sub1","rid":"GENERAL","u":{"_id":"anna"},"ts":"2026-09-12T14:13:20.000Z","draft":"SECRET","#
                + #""E2EKey":"SECRET","oldRoomKeys":[{"E2EKey":"SECRET"}],"status":"ACTIVE","roles":["owner"]}}"#,
            #"{"subscription":{"_id":"sub1","ts":"2026-09-12T14:13:20.000Z","status":"ACTIVE","roles":["owner"]}}"#),
    ]

    private static let others = [
        Case(
            "statistics",
            #"{"lastLogin":"Mon Aug 03 2026 12:10:10 GMT+0000 (Coordinated Universal Time)","lastSeenSubscription":"","#
                + #""installedAt":"Mon Aug 03 2026 14:10:10 GMT+0200 (CEST)","totalOTR":0,"totalOTRRooms":"1"}"#,
            #"{"lastLogin":"2026-08-03T12:10:10.000Z","lastSeenSubscription":null,"installedAt":"2026-08-03T12:10:10.000Z","#
                + #""totalOTR":0,"totalOTRRooms":1}"#),
        Case(
            "livechat_departments",
            #"{"maxNumberSimultaneousChat":"3","visitorInactivityTimeoutInSeconds":"60","departmentsAllowedToForward":"","#
                + #""chatClosingTags":"done"}"#,
            #"{"maxNumberSimultaneousChat":3,"visitorInactivityTimeoutInSeconds":60,"departmentsAllowedToForward":null,"#
                + #""chatClosingTags":["done"]}"#),
        Case("livechat_agents", #"{"livechatStatusSystemModified":false}"#, #"{"livechatStatusSystemModified":false}"#),
        Case(
            "livechat_contacts", #"{"hasConflict":false,"contactManager":"u1"}"#,
            #"{"hasConflict":false,"contactManager":["u1"]}"#),
        Case(
            "integrations", #"{"_updatedBy":{"_id":"u1"},"channel":"all_public_channels"}"#,
            #"{"_updatedBy":{"_id":"u1"},"channel":["all_public_channels"]}"#),
        Case(
            "video_conferences",
            #"{"discussionLastMessage":{"_id":"m","token":"SECRET"},"providerData":"SECRET","sipAlias":"SECRET"}"#,
            #"{"discussionLastMessage":{"_id":"m"}}"#),
        Case(
            "users",
            #"{"settings":{"livestream":{"access_token":"SECRET"},"preferences":{}},"inviteToken":"SECRET","utcOffset":"-3.5"}"#,
            #"{"settings":{"preferences":{}},"utcOffset":-3.5}"#),
        Case("invites", #"{"expires":"","days":"0"}"#, #"{"expires":null,"days":0}"#),
        Case("roles", #"{"mandatory2fa":"","protected":1}"#, #"{"mandatory2fa":null,"protected":true}"#),
        Case(
            "files", #"{"size":"12","progress":"1","uploading":"false"}"#,
            #"{"size":12,"progress":1,"uploading":false}"#),
    ]
}
