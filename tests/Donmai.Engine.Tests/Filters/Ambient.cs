namespace Donmai.Engine.Tests.Filters;

/// <summary>An ambient value of the process, other than the request context.</summary>
internal static class Ambient
{
    public static AsyncLocal<string>? Current { get; set; }
}
