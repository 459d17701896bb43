namespace Donmai.Worker.Tests.Providers;

/// <summary>What <c>opencode run --format json</c> prints (worker.md §4.5).</summary>
internal static class Opencode_fixture
{
    public const string Start = """{"type":"step_start","sessionID":"ses_1","part":{"id":"p0","type":"step-start"}}""";

    public const string Stop =
        """{"type":"step_finish","sessionID":"ses_1","part":{"reason":"stop","cost":0.01,"tokens":{"input":10,"output":20,"reasoning":3,"cache":{"read":5,"write":7}}}}""";

    public const string ToolCalls =
        """{"type":"step_finish","sessionID":"ses_1","part":{"reason":"tool-calls","cost":0.02,"tokens":{"input":100,"output":200,"reasoning":0,"cache":{"read":50,"write":0}}}}""";

    public static string Says(string text) => $$$"""{"type":"text","sessionID":"ses_1","part":{"type":"text","text":"{{{text}}}"}}""";

    public static string Finishes(string reason) => $$$"""{"type":"step_finish","sessionID":"ses_1","part":{"reason":"{{{reason}}}"}}""";

    public static string Uses(string id, string state) => $$$"""{"type":"tool_use","sessionID":"ses_1","part":{"type":"tool","tool":"bash","callID":"{{{id}}}"{{{state}}}}}""";
}
