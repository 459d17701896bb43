namespace Donmai.Worker.Tests.Providers;

/// <summary>Fixture CX-1 (worker.md §4.3).</summary>
internal static class Codex_fixture
{
    /// <summary>What the worker says, with its directory and its version left open.</summary>
    public static string[] FromWorker { get; } = Lines("""
        {"jsonrpc":"2.0","method":"initialize","id":1,"params":{"clientInfo":{"name":"donmai","title":"Donmai","version":"1.0.0"},"capabilities":{"experimentalApi":true}}}
        {"jsonrpc":"2.0","method":"initialized","params":{}}
        {"jsonrpc":"2.0","method":"thread/start","id":2,"params":{"cwd":"/w/s2","approvalPolicy":"on-request","serviceName":"donmai","model":"gpt-5-codex","baseInstructions":"S","sandbox":"workspace-write"}}
        {"jsonrpc":"2.0","method":"turn/start","id":3,"params":{"threadId":"thr_7","input":[{"type":"text","text":"Fix it."}],"cwd":"/w/s2","approvalPolicy":"on-request","model":"gpt-5-codex","effort":"high","sandboxPolicy":{"type":"workspaceWrite","writableRoots":["/w/s2"],"networkAccess":true}}}
        {"jsonrpc":"2.0","id":90,"result":{"decision":"accept"}}
        {"jsonrpc":"2.0","id":91,"result":{"decision":"decline"}}
        """);

    /// <summary>What the server says after <c>turn/start</c>, up to and with its last question.</summary>
    public static string[] UpToQuestion { get; } = Lines("""
        {"method":"turn/started","params":{"threadId":"thr_7","turn":{"id":"turn_1","status":"inProgress"}}}
        {"method":"item/started","params":{"threadId":"thr_7","turnId":"turn_1","item":{"id":"i1","type":"commandExecution","command":"git status","cwd":"/w/s2","status":"inProgress"}}}
        {"id":90,"method":"item/commandExecution/requestApproval","params":{"threadId":"thr_7","turnId":"turn_1","itemId":"i1","command":"git status","cwd":"/w/s2"}}
        {"method":"item/completed","params":{"threadId":"thr_7","turnId":"turn_1","item":{"id":"i1","type":"commandExecution","command":"git status","status":"completed","exitCode":0,"aggregatedOutput":"\u001b[32mclean\u001b[0m\n"}}}
        {"id":91,"method":"item/commandExecution/requestApproval","params":{"threadId":"thr_7","turnId":"turn_1","itemId":"i2","command":"sudo make install"}}
        """);

    /// <summary>What the server says after that.</summary>
    public static string[] Rest { get; } = Lines("""
        {"method":"item/completed","params":{"threadId":"thr_7","turnId":"turn_1","item":{"id":"i3","type":"fileChange","status":"completed","changes":[{"path":"/w/s2/src/Round.cs","kind":{"type":"update"}}]}}}
        {"method":"item/agentMessage/delta","params":{"threadId":"thr_7","turnId":"turn_1","itemId":"i4","delta":"Done. "}}
        {"method":"item/agentMessage/delta","params":{"threadId":"thr_7","turnId":"turn_1","itemId":"i4","delta":"WORK_RESULT:passed"}}
        {"method":"item/completed","params":{"threadId":"thr_7","turnId":"turn_1","item":{"id":"i4","type":"agentMessage","text":"Done. WORK_RESULT:passed"}}}
        {"method":"thread/tokenUsage/updated","params":{"threadId":"thr_7","turnId":"turn_1","tokenUsage":{"total":{"inputTokens":5000,"cachedInputTokens":4000,"outputTokens":300,"reasoningOutputTokens":120,"totalTokens":5300},"last":{"inputTokens":5000,"cachedInputTokens":4000,"outputTokens":300,"reasoningOutputTokens":120,"totalTokens":5300}}}}
        {"method":"turn/completed","params":{"threadId":"thr_7","turn":{"id":"turn_1","status":"completed"}}}
        """);

    public static string Completed(int turn = 1, string status = "completed") =>
        $$$$"""{"method":"turn/completed","params":{"threadId":"thr_7","turn":{"id":"turn_{{{{turn}}}}","status":"{{{{status}}}}"}}}""";

    public static string Started(int turn = 1) => $$$$"""{"method":"turn/started","params":{"threadId":"thr_7","turn":{"id":"turn_{{{{turn}}}}"}}}""";

    public static string Says(string id, string text) =>
        $$$$"""{"method":"item/completed","params":{"threadId":"thr_7","item":{"id":"{{{{id}}}}","type":"agentMessage","text":"{{{{text}}}}"}}}""";

    public static string Piece(string id, string text) => $$$$"""{"method":"item/agentMessage/delta","params":{"threadId":"thr_7","itemId":"{{{{id}}}}","delta":"{{{{text}}}}"}}""";

    public static string Used(long total, long last) =>
        $$$$$"""{"method":"thread/tokenUsage/updated","params":{"threadId":"thr_7","tokenUsage":{"total":{"inputTokens":{{{{{total}}}}}},"last":{"inputTokens":{{{{{last}}}}}}}}}""";

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
