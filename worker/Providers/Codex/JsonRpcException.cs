namespace Donmai.Worker.Providers.Codex;

/// <summary>The other side of a connection refused a request, or is gone.</summary>
/// <param name="code">Code of the error; 0 when the connection is gone.</param>
/// <param name="message">What it said.</param>
internal sealed class JsonRpcException(int code, string message) : Exception(message)
{
    /// <summary>The server has too much to do; it did nothing.</summary>
    public const int Overloaded = -32001;

    /// <summary>The request is not one it takes in its present state.</summary>
    public const int InvalidRequest = -32600;

    /// <summary>The parameters have a form or a spelling it does not know.</summary>
    public const int InvalidParameters = -32602;

    private const int Unreadable = -32700;
    private const int UnknownMethod = -32601;

    /// <summary>Code of the error; 0 when the connection is gone.</summary>
    public int Code => code;

    /// <summary>Whether the same request would be refused again; one that has waited for an overloaded server has waited long enough.</summary>
    public bool IsFinal => Code is 0 or Overloaded or Unreadable or InvalidRequest or UnknownMethod or InvalidParameters;
}
