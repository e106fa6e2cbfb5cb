/// Who serves which department of the omnichannel service (rocket-chat-api.md §4.9).
package let livechatDepartmentAgentsStream = StreamDefinition(
    name: "livechat_department_agents",
    summary: "One agent of one department of the omnichannel service.",
    cursor: StreamDefinition.syncInstant,
    fields: [
        .string("_id", "Id of the membership"),
        .string("departmentId", "Id of the department"),
        .string("agentId", "Id of the user"),
        .string("username"),
        .integer("count", "Share of the conversations that are handed out"),
        .integer("order", "Place in the turn"),
        .boolean("departmentEnabled", "Copy of the department's `enabled`"),
        .timestamp("_updatedAt", "Last change of the membership"),
    ],
    needs: .any(["view-livechat-departments", "view-l-room"]),
    reading: .partitioned(
        Partition(
            of: .departments, as: "departmentId",
            .init(ListEndpoint("v1/livechat/department/:_id/agents", rows: ["agents"]), parameter: "_id"))))
