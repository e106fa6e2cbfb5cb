/// Departments of the omnichannel service (rocket-chat-api.md §4.9).
package let livechatDepartmentsStream = StreamDefinition(
    name: "livechat_departments",
    summary: "A department of the omnichannel service, archived ones included where the server lists them.",
    cursor: "_updatedAt",
    fields: [
        .string("_id", "Id of the department"),
        .string("name"),
        .string("description"),
        .boolean("enabled"),
        .boolean("archived"),
        .string("email"),
        .integer("numAgents"),
        .string("type"),
        .string("parentId", "Unit that the department belongs to"),
        .strings("ancestors"),
        .string("businessHourId"),
        .boolean("showOnRegistration"),
        .boolean("showOnOfflineForm"),
        .boolean("requestTagBeforeClosingChat"),
        .strings("chatClosingTags"),
        .string("offlineMessageChannelName"),
        .string("abandonedRoomsCloseCustomMessage"),
        .string("waitingQueueMessage"),
        .strings("departmentsAllowedToForward"),
        .string("fallbackForwardDepartment"),
        .boolean("allowReceiveForwardOffline"),
        .number("maxNumberSimultaneousChat"),
        .number("visitorInactivityTimeoutInSeconds"),
        .timestamp("_updatedAt", "Last change of the department"),
    ],
    needs: .any(["view-livechat-departments", "view-l-room"]),
    reading: .listing(
        Listing(
            listed([("showArchived", "true")]),
            // Servers that do not know archived departments.
            listed([]))))

// Agents and the monitors of units see less of them, without a word (Enterprise Edition).
private func listed(_ query: [(String, String)]) -> ListEndpoint {
    ListEndpoint("v1/livechat/department", rows: ["departments"], query: query).with {
        $0.widening = ["view-livechat-departments"]
        $0.conclusion = .goneFor(roles: ["admin", "livechat-manager"])
    }
}
