namespace Donmai.Core.Platform;

/// <summary>Ids in the paths of calls.</summary>
internal static class PlatformPath
{
    /// <summary>An id as one segment; it is escaped where the path is made.</summary>
    /// <exception cref="PermanentPlatformException">It cannot be one: nothing is sent.</exception>
    public static string Segment(string id) => string.IsNullOrWhiteSpace(id) || id is "." or ".."
        ? throw new PermanentPlatformException($"\"{id}\" is no id that the orchestrator could be asked about", statusCode: 0, body: "")
        : id;
}
