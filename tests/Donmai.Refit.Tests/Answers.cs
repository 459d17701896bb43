using System.IO.Pipelines;
using System.Net;
using System.Text;
using System.Text.Json;

namespace Donmai.Refit.Tests;

public sealed class Answers
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task A_body_becomes_the_promised_type() =>
        (await new FakeServer().Api().Entry("e1")).ShouldBe(new Entry { Id = "e1", Amount = 7 });

    [Fact]
    public async Task Text_is_given_as_it_is() =>
        (await new FakeServer(body: "ok").Api().Health()).ShouldBe("ok");

    [Fact]
    public async Task A_refusal_is_an_ApiException_with_status_content_and_request()
    {
        var server = new FakeServer(HttpStatusCode.Conflict, """{"id":"taken","amount":1}""");

        var refusal = await Should.ThrowAsync<ApiException>(() => server.Api().Add(new Entry()));

        refusal.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        refusal.HttpMethod.ShouldBe(HttpMethod.Post);
        refusal.Uri!.ToString().ShouldEndWith("/entries");
        refusal.Message.ShouldBe("Response status code does not indicate success: 409 (Conflict).");
        refusal.HasContent.ShouldBeTrue();
        refusal.Content.ShouldBe("""{"id":"taken","amount":1}""");
        (await refusal.GetContentAsAsync<Entry>()).ShouldBe(new Entry { Id = "taken", Amount = 1 });
        refusal.ContentHeaders!.ContentType!.MediaType.ShouldBe("application/json");
    }

    [Fact]
    public async Task A_refusal_of_a_method_without_a_result_is_thrown_too()
    {
        var server = new FakeServer(HttpStatusCode.NotFound, "gone");

        var refusal = await Should.ThrowAsync<ApiException>(() => server.Api().Annotate("e1", "x"));

        refusal.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        refusal.Content.ShouldBe("gone");
    }

    [Fact]
    public async Task A_body_that_cannot_be_read_is_an_ApiException_with_the_cause_inside()
    {
        var server = new FakeServer(body: "<html>");

        var unreadable = await Should.ThrowAsync<ApiException>(() => server.Api().Entry("e1"));

        unreadable.StatusCode.ShouldBe(HttpStatusCode.OK);
        unreadable.InnerException.ShouldBeOfType<JsonException>();
    }

    [Fact]
    public async Task A_response_can_be_asked_for_instead_of_its_body()
    {
        using var response = await new FakeServer().Api().TryEntry("e1");

        response.IsSuccessful.ShouldBeTrue();
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Content.ShouldBe(new Entry { Id = "e1", Amount = 7 });
        response.Error.ShouldBeNull();
    }

    [Fact]
    public async Task A_refused_response_carries_the_refusal_and_throws_only_when_told_to()
    {
        using var response = await new FakeServer(HttpStatusCode.NotFound, "gone").Api().TryEntry("e1");

        response.IsSuccessStatusCode.ShouldBeFalse();
        response.Content.ShouldBeNull();
        response.Error!.Content.ShouldBe("gone");
        var thrown = await Should.ThrowAsync<ApiException>(() => response.EnsureSuccessStatusCodeAsync());
        thrown.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_response_whose_body_cannot_be_read_is_not_successful()
    {
        using var response = await new FakeServer(body: "<html>").Api().TryEntryByInterface("e1");

        response.IsSuccessStatusCode.ShouldBeTrue();
        response.IsSuccessful.ShouldBeFalse();
        response.Error!.InnerException.ShouldBeOfType<JsonException>();
    }

    [Fact]
    public async Task The_raw_response_is_given_whatever_its_status()
    {
        using var response = await new FakeServer(HttpStatusCode.NotFound, "gone").Api().Feed();

        response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await response.Content.ReadAsStringAsync()).ShouldBe("gone");
    }

    [Fact]
    public async Task The_raw_response_and_the_stream_arrive_before_their_body_is_complete()
    {
        var pipe = new Pipe();
        var server = new FakeServer { Answer = _ => Task.FromResult<HttpContent>(new StreamContent(pipe.Reader.AsStream())) };

        using var response = await server.Api().Feed().WaitAsync(Deadline);
        await pipe.Writer.WriteAsync("first\n"u8.ToArray());
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        (await reader.ReadLineAsync().WaitAsync(Deadline)).ShouldBe("first");

        var second = new Pipe();
        var bytes = await new FakeServer { Answer = _ => Task.FromResult<HttpContent>(new StreamContent(second.Reader.AsStream())) }
            .Api().FeedBytes().WaitAsync(Deadline);
        await second.Writer.WriteAsync("bytes"u8.ToArray());
        var buffer = new byte[5];
        await bytes.ReadExactlyAsync(buffer).AsTask().WaitAsync(Deadline);
        Encoding.UTF8.GetString(buffer).ShouldBe("bytes");
    }

    [Fact]
    public async Task A_refused_stream_is_an_ApiException()
    {
        var refusal = await Should.ThrowAsync<ApiException>(() => new FakeServer(HttpStatusCode.BadGateway, "down").Api().FeedBytes());

        refusal.StatusCode.ShouldBe(HttpStatusCode.BadGateway);
    }

    [Fact]
    public async Task Cancelling_ends_the_call()
    {
        using var cancellation = new CancellationTokenSource();
        var asked = new TaskCompletionSource();
        var server = new FakeServer
        {
            Answer = async token =>
            {
                asked.SetResult();
                await Task.Delay(Timeout.InfiniteTimeSpan, token);
                return new StringContent("");
            },
        };

        var call = server.Api().Entry("e1", cancellation.Token);
        await asked.Task.WaitAsync(Deadline);
        await cancellation.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => call.WaitAsync(Deadline));
    }

    [Fact]
    public async Task A_failing_transport_is_thrown_as_it_is()
    {
        var server = new FakeServer { Answer = _ => throw new HttpRequestException("refused") };

        (await Should.ThrowAsync<HttpRequestException>(() => server.Api().Health())).Message.ShouldBe("refused");
    }
}
