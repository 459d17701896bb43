namespace Donmai.Core.Tests.Daemon.Doctor;

/// <summary>Answers as a test wants.</summary>
internal sealed class FakeOrchestrator(Func<CancellationToken, Task<HttpResponseMessage>> answer) : HttpMessageHandler
{
    public int Asked { get; private set; }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Asked++;
        return answer(cancellationToken);
    }
}
