using System.Net;

namespace Donmai.Worker.Sessions;

/// <summary>The daemon did not do what the worker asked for.</summary>
/// <param name="status">Its answer's status.</param>
/// <param name="content">Its answer.</param>
internal sealed class DaemonRefusalException(HttpStatusCode status, string content) : Exception($"{(int)status} {content.Trim()}".TrimEnd())
{
    /// <summary>Asking again would change nothing: 400 to 499.</summary>
    public bool IsFinal => (int)status is >= 400 and < 500;
}
