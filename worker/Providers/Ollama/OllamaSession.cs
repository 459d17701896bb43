using System.Net;
using System.Runtime.CompilerServices;
using Donmai.Sessions.Events;
using Donmai.Worker.Providers.Http;
using Donmai.Worker.Providers.Processes;

namespace Donmai.Worker.Providers.Ollama;

/// <summary>A conversation with a model of <c>ollama</c> (worker.md §4.7): text only; a follow-up asks again with everything that was said.</summary>
internal sealed class OllamaSession : HttpConversation
{
    /// <summary>How long a model may take to be loaded.</summary>
    private static readonly TimeSpan Loading = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(120);

    private readonly HttpClient _server;
    private readonly AgentRequest _request;
    private OllamaDecoder? _decoder;
    private bool _thinks = true;

    /// <summary>Creates a conversation in which nothing was said yet.</summary>
    /// <param name="server">The server.</param>
    /// <param name="request">What to start.</param>
    public OllamaSession(HttpClient server, AgentRequest request)
        : base(request, "ollama", "user", "assistant")
    {
        _server = server;
        _request = request;
        if (request.SystemPrompt.Length > 0)
            History.Add(("system", request.SystemPrompt));
    }

    /// <inheritdoc/>
    protected override string Said => _decoder?.Said ?? "";

    /// <inheritdoc/>
    protected override async IAsyncEnumerable<AgentEvent> Read(HttpResponseMessage answer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var decoder = _decoder = new OllamaDecoder();
        await using var body = await answer.Content.ReadAsStreamAsync(cancellationToken);
        await using var lines = StreamedLines.Read(body, Loading, Silence, _request.Host.Clock, keepsEmpty: false, cancellationToken)
            .GetAsyncEnumerator(cancellationToken);
        var isFirst = true;
        while (true)
        {
            string? broken = null;
            try
            {
                if (!await lines.MoveNextAsync())
                    break;
            }
            catch (Exception failure) when (failure is TimeoutException or IOException or HttpRequestException)
            {
                broken = failure.Message;
            }

            cancellationToken.ThrowIfCancellationRequested();
            if (broken is not null)
            {
                yield return new ErrorEvent { Message = $"the answer of ollama broke off: {broken}", Code = "ollama_stream_read", Fatal = true };
                yield break;
            }

            if (isFirst)
                yield return new InitEvent { SessionId = SessionId };
            isFirst = false;
            foreach (var happening in lines.Current.SkippedBytes > 0 ? [TurnStream.Oversize(lines.Current.SkippedBytes)] : decoder.Decode(lines.Current.Text))
                yield return happening;
        }

        yield return new ErrorEvent { Message = "ollama ended its answer before it was done", Code = "spawn_no_result", Fatal = true };
    }

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> Ask(CancellationToken cancellationToken)
    {
        using var over = new CancellationTokenSource(Loading, _request.Host.Clock);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, Stopped, over.Token);
        try
        {
            var answer = await Post(ending.Token);
            if (answer.IsSuccessStatusCode)
                return answer;
            using (answer)
            {
                var reason = await LocalHttp.Excerpt(answer, ending.Token);
                if (_thinks && _request.Effort.Length > 0 && answer.StatusCode == HttpStatusCode.BadRequest && reason.Contains("think", StringComparison.OrdinalIgnoreCase))
                {
                    _thinks = false;
                    _request.Host.Warn($"the model '{_request.Model}' takes no effort; '{_request.Effort}' was left out");
                    return await Ask(cancellationToken);
                }

                throw Refused(answer.StatusCode, reason);
            }
        }
        catch (HttpRequestException unreachable)
        {
            throw new AgentStartException($"ollama at {_server.BaseAddress} could not be asked: {unreachable.Message}", isTransient: true);
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            throw new AgentStartException($"ollama at {_server.BaseAddress} did not begin to answer within {Loading.TotalMinutes:0} min");
        }
    }

    private async Task<HttpResponseMessage> Post(CancellationToken cancellationToken)
    {
        using var question = new HttpRequestMessage(HttpMethod.Post, new Uri("api/chat", UriKind.Relative));
        question.Content = new ByteArrayContent(OllamaRequest.Compose(_request, History, _thinks));
        question.Content.Headers.ContentType = new("application/json");
        return await _server.SendAsync(question, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
    }

    private AgentStartException Refused(HttpStatusCode status, string reason) => status == HttpStatusCode.NotFound
        ? new AgentStartException($"ollama at {_server.BaseAddress} does not have the model '{_request.Model}'; get it with 'ollama pull {_request.Model}' ({reason})")
        : new AgentStartException($"ollama at {_server.BaseAddress} answered {(int)status}: {reason}", status == HttpStatusCode.ServiceUnavailable);
}
