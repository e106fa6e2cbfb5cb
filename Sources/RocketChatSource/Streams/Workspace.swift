/// The workspace itself: what `/api/info` tells this token (rocket-chat-api.md §1.6).
package let workspaceStream = StreamDefinition(
    name: "workspace",
    summary: "The workspace itself: one row.",
    primaryKey: ["url"],
    fields: [
        .string("url", "Address of the workspace as configured"),
        .string("version", "Version of the server; major and minor only, unless the token holds view-statistics"),
        .string("workspaceUrl", "Address that the workspace gives itself, from 8.x"),
        .string("hashedWorkspaceUrl"),
        .string("cloudWorkspaceId"),
        .object("minimumClientVersions"),
        .object("info", "Build and commit; needs view-statistics"),
    ],
    // A signed document for clients, of several kilobytes.
    dropped: ["supportedVersions"],
    reading: .workspace)
