using System.Net;
using System.Runtime.CompilerServices;
using Donmai.Sessions.Events;
using Donmai.Worker.Providers.Http;
using Donmai.Worker.Providers.Processes;

namespace Donmai.Worker.Providers.Gemini;

/// <summary>A conversation over Google's HTTP interface (worker.md §4.4.1): text only; a follow-up asks again with everything that was said.</summary>
internal sealed class GeminiConversation : HttpConversation
{
    private const string UsualModel = "gemini-2.0-flash";
    private const string End = "[DONE]";

    private static readonly TimeSpan WholeAnswer = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(120);

    private readonly HttpClient _server;
    private readonly string _key;
    private readonly AgentRequest _request;
    private readonly string _model;
    private GeminiChunks? _chunks;
    private bool _thinks = true;

    /// <summary>Creates a conversation in which nothing was said yet.</summary>
    /// <param name="server">The server.</param>
    /// <param name="key">The key.</param>
    /// <param name="request">What to start.</param>
    public GeminiConversation(HttpClient server, string key, AgentRequest request)
        : base(request, "gemini", GeminiQuestion.User, GeminiQuestion.Model)
    {
        _server = server;
        _key = key;
        _request = request;
        _model = request.Model.Length > 0 ? request.Model : UsualModel;
    }

    /// <inheritdoc/>
    protected override string Said => _chunks?.Said ?? "";

    /// <inheritdoc/>
    protected override TimeSpan LongestAnswer => WholeAnswer;

    /// <inheritdoc/>
    protected override async IAsyncEnumerable<AgentEvent> Read(HttpResponseMessage answer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var chunks = _chunks = new GeminiChunks(_model);
        yield return new InitEvent { SessionId = SessionId };
        var parts = new ServerEvents();
        await using var body = await answer.Content.ReadAsStreamAsync(cancellationToken);
        await using var lines = StreamedLines.Read(body, Silence, Silence, _request.Host.Clock, keepsEmpty: true, cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (true)
        {
            var (line, broken) = await NextLine(lines);
            cancellationToken.ThrowIfCancellationRequested();
            if (broken is not null)
            {
                yield return new ErrorEvent { Message = $"the answer of gemini broke off: {broken}", Code = "stream_read", Fatal = true };
                yield break;
            }

            if (line is { SkippedBytes: > 0 })
                yield return TurnStream.Oversize(line.SkippedBytes);
            // Lines may end with a carriage return alone.
            foreach (var data in line is null ? [parts.End()] : line.Text.Split('\r').Select(parts.Take))
            {
                if (data == End)
                    line = null;
                foreach (var happening in data is null or "" or End ? [] : chunks.Decode(data))
                    yield return happening;
            }

            if (line is not null)
                continue;
            yield return new ErrorEvent { Message = "gemini ended its answer before it was done", Code = "spawn_no_result", Fatal = true };
            yield break;
        }
    }

    private static async Task<(OutputLine? Line, string? Broken)> NextLine(IAsyncEnumerator<OutputLine> lines)
    {
        try
        {
            return (await lines.MoveNextAsync() ? lines.Current : null, null);
        }
        catch (Exception failure) when (failure is TimeoutException or IOException or HttpRequestException)
        {
            return (null, failure.Message);
        }
    }

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> Ask(CancellationToken cancellationToken)
    {
        using var over = new CancellationTokenSource(Silence, _request.Host.Clock);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, Stopped, over.Token);
        try
        {
            var answer = await Post(ending.Token);
            if (answer.StatusCode == HttpStatusCode.OK)
                return answer;
            using (answer)
                return await AskWithoutThinking(answer.StatusCode, await LocalHttp.Excerpt(answer, ending.Token), cancellationToken);
        }
        catch (HttpRequestException unreachable)
        {
            throw new AgentStartException($"gemini at {_server.BaseAddress} could not be asked: {unreachable.Message}", isTransient: true);
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new AgentStartException($"gemini at {_server.BaseAddress} did not begin to answer within {Silence.TotalSeconds:0} s", isTransient: true);
        }
    }

    private async Task<HttpResponseMessage> AskWithoutThinking(HttpStatusCode status, string reason, CancellationToken cancellationToken)
    {
        if (!_thinks || _request.Effort.Length == 0 || status != HttpStatusCode.BadRequest || !reason.Contains("think", StringComparison.OrdinalIgnoreCase))
            throw new AgentStartException($"gemini answered {(int)status}: {reason}", GeminiError.IsTransient(status));
        _thinks = false;
        _request.Host.Warn($"the model '{_model}' takes no effort; '{_request.Effort}' was left out");
        return await Ask(cancellationToken);
    }

    private async Task<HttpResponseMessage> Post(CancellationToken cancellationToken)
    {
        using var question = new HttpRequestMessage(
            HttpMethod.Post, new Uri($"v1beta/models/{Uri.EscapeDataString(_model)}:streamGenerateContent?alt=sse", UriKind.Relative));
        question.Content = new ByteArrayContent(GeminiQuestion.Compose(_request, _model, History, _thinks));
        question.Content.Headers.ContentType = new("application/json");
        question.Headers.Accept.Add(new("text/event-stream"));
        question.Headers.Add("x-goog-api-key", _key);
        return await _server.SendAsync(question, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
    }
}
