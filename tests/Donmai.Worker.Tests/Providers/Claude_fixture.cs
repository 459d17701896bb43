namespace Donmai.Worker.Tests.Providers;

/// <summary>Fixture CL-1 (worker.md §4.2).</summary>
internal static class Claude_fixture
{
    public const string SessionId = "c1a0de00-0000-4000-8000-000000000001";

    public static string[] Lines { get; } = """
        {"type":"system","subtype":"init","session_id":"c1a0de00-0000-4000-8000-000000000001","cwd":"/w/s1","model":"claude-sonnet-4-5","tools":["Bash","Read","Edit","Task"],"mcp_servers":[],"permissionMode":"bypassPermissions"}
        {"type":"assistant","message":{"id":"msg_1","role":"assistant","content":[{"type":"thinking","thinking":"Find the test."},{"type":"text","text":"I will run the tests first."}],"usage":{"input_tokens":9,"cache_creation_input_tokens":2100,"cache_read_input_tokens":0,"output_tokens":31}},"parent_tool_use_id":null,"session_id":"c1a0de00-0000-4000-8000-000000000001"}
        {"type":"assistant","message":{"id":"msg_1","role":"assistant","content":[{"type":"tool_use","id":"toolu_1","name":"Bash","input":{"command":"dotnet test"}}],"usage":{"input_tokens":9,"cache_creation_input_tokens":2100,"cache_read_input_tokens":0,"output_tokens":58}},"parent_tool_use_id":null}
        {"type":"tool_progress","tool_use_id":"toolu_1","tool_name":"Bash","elapsed_time_seconds":12.5}
        {"type":"user","message":{"role":"user","content":[{"type":"tool_result","tool_use_id":"toolu_1","content":"Failed: 1 of 42","is_error":true}]}}
        {"type":"stream_event","event":{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Let"}}}
        {"type":"assistant","message":{"id":"msg_2","role":"assistant","content":[{"type":"tool_use","id":"toolu_2","name":"Task","input":{"description":"Find rounding code","prompt":"Where are invoices rounded?"}}],"usage":{"input_tokens":12,"cache_creation_input_tokens":140,"cache_read_input_tokens":2100,"output_tokens":40}}}
        {"type":"assistant","message":{"id":"msg_s1","role":"assistant","content":[{"type":"text","text":"src/Round.cs:14. WORK_RESULT:failed"}],"usage":{"input_tokens":6,"cache_creation_input_tokens":700,"cache_read_input_tokens":0,"output_tokens":22}},"parent_tool_use_id":"toolu_2"}
        {"type":"user","message":{"role":"user","content":[{"type":"tool_result","tool_use_id":"toolu_2","content":[{"type":"text","text":"src/Round.cs:14"}]}]}}
        {"type":"rate_limit_event","rate_limit_info":{"status":"allowed","resetsAt":1779100000}}
        {"type":"assistant","message":{"id":"msg_3","role":"assistant","content":[{"type":"text","text":"Fixing it."},{"type":"tool_use","id":"toolu_3","name":"Edit","input":{"file_path":"src/Round.cs","old_string":"AwayFromZero","new_string":"ToEven"}}],"usage":{"input_tokens":14,"cache_creation_input_tokens":90,"cache_read_input_tokens":2240,"output_tokens":77}}}
        {"type":"user","message":{"role":"user","content":[{"type":"tool_result","tool_use_id":"toolu_3","content":"ok"}]}}
        {"type":"user","message":{"role":"user","content":"reminder: keep the change small"}}
        {"type":"assistant","message":{"id":"msg_4","role":"assistant","content":[{"type":"tool_use","id":"toolu_4","name":"Bash","input":{"command":"gh pr create --base main --head agent/s1"}}],"usage":{"input_tokens":11,"cache_creation_input_tokens":60,"cache_read_input_tokens":2330,"output_tokens":35}}}
        {"type":"user","message":{"role":"user","content":[{"type":"tool_result","tool_use_id":"toolu_4","content":"https://github.com/acme/billing/pull/912\n"}]}}
        {"type":"system","subtype":"compact_boundary","message":"history compacted"}
        {"type":"assistant","message":{"id":"msg_5","role":"assistant","content":[{"type":"text","text":"Pull request is open.\n\nWORK_RESULT:passed"}],"usage":{"input_tokens":9,"cache_creation_input_tokens":20,"cache_read_input_tokens":2390,"output_tokens":18}}}
        {"type":"result","subtype":"success","is_error":false,"duration_ms":48122,"num_turns":6,"result":"Pull request is open.\n\nWORK_RESULT:passed","session_id":"c1a0de00-0000-4000-8000-000000000001","total_cost_usd":0.2143,"usage":{"input_tokens":61,"output_tokens":250,"cache_read_input_tokens":9060,"cache_creation_input_tokens":3110}}
        """.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    public const string Init = """{"type":"system","subtype":"init","session_id":"c-1"}""";

    public const string Success = """{"type":"result","subtype":"success","is_error":false,"result":"Done.","num_turns":1,"total_cost_usd":0.01,"usage":{"input_tokens":1,"output_tokens":2}}""";

    public static string Says(string text) => $$$"""{"type":"assistant","message":{"id":"m","content":[{"type":"text","text":"{{{text}}}"}]}}""";

    public static string Uses(string id) => $$$"""{"type":"assistant","message":{"id":"m","content":[{"type":"tool_use","id":"{{{id}}}","name":"Bash","input":{}}]}}""";
}
