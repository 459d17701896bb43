namespace Donmai.FakePlatform;

/// <summary>A request that the platform refuses: a status code and one sentence.</summary>
public sealed class RefusedException(int status, string message) : Exception(message)
{
    /// <summary>The status code of the answer.</summary>
    public int Status { get; } = status;

    internal static RefusedException Bad(string message) => new(400, message);

    internal static RefusedException Unauthorized(string message) => new(401, message);

    internal static RefusedException Forbidden(string message) => new(403, message);

    internal static RefusedException NotFound(string message) => new(404, message);

    internal static RefusedException Conflict(string message) => new(409, message);
}
