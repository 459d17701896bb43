namespace Donmai.Worker.Platform;

/// <summary>Types of activities (platform-api.md §10.1). Stable wire strings.</summary>
internal static class ActivityType
{
    public const string Thought = "thought";
    public const string Action = "action";
    public const string Response = "response";
    public const string Error = "error";
    public const string Context = "context";
}
