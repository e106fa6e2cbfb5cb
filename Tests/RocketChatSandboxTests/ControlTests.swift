import Testing

@testable import RocketChatSandbox

/// The routes under `/_sandbox/`.
@Suite struct ControlTests {
    private let office = Office()

    private func control(_ target: String, body: String = "") -> Office.Answer {
        Office.Answer(
            response: Control.handle(
                SandboxRequest(method: "POST", target: "/_sandbox/" + target, body: Array(body.utf8)),
                by: office.sandbox))
    }

    @Test func faultsAreInjectedAndLifted() {
        let injected = control(
            "fault?kind=answer&route=me&count=always&status=403&header=Via:%20gate&type=text/plain", body: "no")
        #expect(injected["fault"] == 1)
        let answer = office.get("me")
        #expect(answer.status == 403 && answer.text == "no" && answer.response.header("Via") == "gate")
        #expect(control("lift?fault=1").status == 200 && office.get("me").status == 200)
        _ = control("fault?kind=edit&edit=set:total:-1&edit=rename:users:people&edit=shorten:people:2")
        let edited = office.get("users.list")
        #expect(edited["total"] == -1 && edited.ids("people").count == 2)
        _ = control("fault?kind=ask&parameter=count&value=3")
        #expect(office.get("users.list").ids("users").count == 3)
        _ = control("fault?kind=date&milliseconds=-60000")
        #expect(office.get("me").response.header("Date") == "Sun, 22 Nov 2026 11:59:00 GMT")
        _ = control("fault?kind=dateless")
        #expect(office.get("me").response.header("Date") == nil)
    }

    @Test func listsLoseElementsAndDefectsArePlanted() {
        let name = office.get("channels.list").list("channels").first?["name"]?.text ?? ""
        _ = control("fault?kind=edit&edit=drop:channels:\(name)&route=channels.list")
        let names = office.get("channels.list").list("channels").map { $0["name"]?.text }
        #expect(!names.isEmpty && !names.contains(name))
        #expect(control("defect?kind=edits-leave-stamps").status == 200)
        #expect(office.sandbox.change { workspace, _ in workspace.settings.defects } == [.editsLeaveStamps])
    }

    @Test func theServerIsUpgradedAndRolesMove() {
        #expect(control("version?to=7.0.4")["version"] == "7.0.4")
        #expect(control("roles?account=user&roles=admin,user").status == 200)
        #expect(office.get("me", as: office.user)["roles"] == ["admin", "user"])
        #expect(control("grant?permission=view-all-teams&roles=").status == 200)
        #expect(office.get("teams.listAll").status == 403)
        let room = office.sandbox.createRoom("r", by: office.admin.userID)
        #expect(control("join?account=bot&room=\(room)").status == 200)
        #expect(office.sandbox.members(of: room).contains(office.bot.userID))
        #expect(control("leave?account=bot&room=\(room)").status == 200)
        #expect(!office.sandbox.members(of: room).contains(office.bot.userID))
        #expect(control("prune?room=\(room)&before=\(Office.noon + 1)&pause=10")["messages"] == 2)
    }

    @Test(arguments: [
        "live?steps=-1", "live?steps=x", "advance?milliseconds=9223372036854775807", "advance?milliseconds=-5",
        "fault?kind=slow&milliseconds=1e9", "fault?kind=nothing", "fault?kind=500&count=0", "fault?kind=500&every=0",
        "fault?kind=500&probability=2", "fault?kind=answer&status=1000", "fault?kind=answer&header=x",
        "fault?kind=edit&edit=set:a:{", "fault?kind=edit&edit=shorten:a:-1", "lift?fault=x", "lift", "version?to=8",
        "version?to=8.x", "roles?account=nobody&roles=", "join?room=none", "prune?room=GENERAL&pause=-1",
        "truth?stream=nothing", "nothing", "defect", "defect?kind=nothing", "fault?kind=edit&edit=drop:a",
    ])
    func whatIsNotUnderstoodIsRefused(target: String) {
        let answer = control(target)
        #expect(answer.status == 400 && answer.error?.isEmpty == false)
    }
}
