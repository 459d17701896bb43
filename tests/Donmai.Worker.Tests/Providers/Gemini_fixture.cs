namespace Donmai.Worker.Tests.Providers;

/// <summary>Fixtures GM-1 and GM-2 (worker.md §4.4).</summary>
internal static class Gemini_fixture
{
    /// <summary>GM-1: the body of an answer.</summary>
    public const string Answer = """
        data: {"candidates":[{"content":{"role":"model","parts":[{"text":"Plan: ","thought":true}]},"index":0}],"usageMetadata":{"promptTokenCount":812}}

        data: {"candidates":[{"content":{"role":"model","parts":[{"text":"The rounding rule "}]},"index":0}]}

        : keep-alive

        data: {"candidates":[{"content":{"role":"model","parts":[{"text":"belongs in one place.\n"},{"text":""}]},"index":0}]}

        data:{"candidates":[{"content":{"role":"model","parts":[{"text":"Affected: src/Round.cs.\n"}]},"index":0}]}

        data: {"candidates":[{"content":{"role":"model","parts":[{"text":"WORK_RESULT:passed"}]},"index":0}]}

        data: {"candidates":[{"content":{"role":"model","parts":[{"text":""}]},"finishReason":"STOP","index":0}],"usageMetadata":{"promptTokenCount":812,"candidatesTokenCount":41,"thoughtsTokenCount":20,"cachedContentTokenCount":512,"totalTokenCount":873}}

        data: {"candidates":[{"content":{"parts":[{"text":"never seen"}]}}]}

        """;

    /// <summary>GM-2: the output of a run.</summary>
    public static string[] Run { get; } = """
        {"type":"init","timestamp":"2026-05-18T09:31:00.000Z","session_id":"9d2f6a10-0000-4000-8000-00000000000a","model":"gemini-3-pro"}
        {"type":"message","timestamp":"2026-05-18T09:31:00.100Z","role":"user","content":"Fix it."}
        {"type":"message","timestamp":"2026-05-18T09:31:02.000Z","role":"assistant","content":"Reading ","delta":true}
        {"type":"message","timestamp":"2026-05-18T09:31:02.100Z","role":"assistant","content":"the code.","delta":true}
        {"type":"tool_use","timestamp":"2026-05-18T09:31:02.300Z","tool_name":"read_file","tool_id":"t-1","parameters":{"absolute_path":"/w/s3/src/Round.cs"}}
        {"type":"tool_result","timestamp":"2026-05-18T09:31:02.400Z","tool_id":"t-1","status":"success","output":"class Round {}"}
        {"type":"tool_use","timestamp":"2026-05-18T09:31:03.000Z","tool_name":"run_shell_command","tool_id":"t-2","parameters":{"command":"dotnet test"}}
        {"type":"tool_result","timestamp":"2026-05-18T09:31:09.000Z","tool_id":"t-2","status":"error","error":{"type":"shell_execute_error","message":"exit code 1"}}
        {"type":"error","timestamp":"2026-05-18T09:31:09.500Z","severity":"warning","message":"loop detected, retrying"}
        {"type":"message","timestamp":"2026-05-18T09:31:15.000Z","role":"assistant","content":"Fixed.\nWORK_RESULT:passed\n","delta":true}
        {"type":"result","timestamp":"2026-05-18T09:31:15.200Z","status":"success","stats":{"total_tokens":900,"input_tokens":840,"output_tokens":60,"cached":700,"input":140,"duration_ms":15200,"tool_calls":2}}
        """.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
