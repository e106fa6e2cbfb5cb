-- The address of the workspace.
{{ rocket_chat.landed("workspace", {
    "url": ["url", "text"],
}, whole=true) }}
