using System.Net.Sockets;
using Refit;

namespace Donmai.Client;

/// <summary>Runs calls of the control API: with a time limit, and with what goes wrong told apart.</summary>
internal sealed class ControlCalls(Uri address, DonmaiClientOptions options)
{
    /// <summary>Runs one call with the time limit of a request.</summary>
    public async Task<T> Ask<T>(Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(options.RequestTimeout, options.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        return await Tell(() => call(either.Token), cancellationToken);
    }

    /// <summary>Runs one call without a time limit of its own.</summary>
    public async Task<T> Tell<T>(Func<Task<T>> call, CancellationToken cancellationToken)
    {
        try
        {
            return await call();
        }
        catch (Exception problem) when (problem is not DonmaiClientException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (Explain(problem) is { } explained)
                throw explained;
            throw;
        }
    }

    private DonmaiClientException? Explain(Exception problem) => problem switch
    {
        ApiException { InnerException: { } cause } => Explain(cause) ?? new UnreadableAnswerException(address, cause.Message, problem),
        ApiException refusal => Refusal.Of(refusal.StatusCode, refusal.Content),
        OperationCanceledException => new DaemonUnreachableException(address, $"no answer within {options.RequestTimeout.TotalSeconds:0} s", problem),
        HttpRequestException { HttpRequestError: HttpRequestError.InvalidResponse } => new UnreadableAnswerException(address, problem.Message, problem),
        HttpRequestException or IOException when address.Scheme == "unix" && !File.Exists(address.LocalPath) =>
            new DaemonUnreachableException(address, "there is no such socket", problem),
        HttpRequestException or IOException => new DaemonUnreachableException(address, Root(problem), problem),
        _ => null,
    };

    private static string Root(Exception problem)
    {
        var cause = problem.GetBaseException();
        return cause is SocketException socket ? new SocketException((int)socket.SocketErrorCode).Message : cause.Message;
    }
}
