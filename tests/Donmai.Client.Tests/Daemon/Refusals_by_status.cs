using System.Net;

namespace Donmai.Client.Tests.Daemon;

/// <summary>control-api.md §1.6: clients branch on the status.</summary>
public sealed class Refusals_by_status
{
    [Theory]
    [InlineData(400, typeof(BadRequestException))]
    [InlineData(401, typeof(NotAuthenticatedException))]
    [InlineData(403, typeof(UnauthorizedException))]
    [InlineData(404, typeof(NotFoundException))]
    [InlineData(405, typeof(UnexpectedStatusException))]
    [InlineData(409, typeof(ConflictException))]
    [InlineData(413, typeof(UnexpectedStatusException))]
    [InlineData(422, typeof(UnexpectedStatusException))]
    [InlineData(429, typeof(RateLimitedException))]
    [InlineData(500, typeof(ServerErrorException))]
    [InlineData(501, typeof(ServerErrorException))]
    [InlineData(502, typeof(ServerErrorException))]
    [InlineData(503, typeof(UnavailableException))]
    [InlineData(302, typeof(UnexpectedStatusException))]
    public async Task Each_status_has_its_type_and_the_message_is_the_server_s(int status, Type type)
    {
        await using var daemon = await FakeDaemon.Answering("/api/daemon/status", (HttpStatusCode)status, """{"error":"because"}""");
        using var client = daemon.Client();

        var refusal = await Should.ThrowAsync<ControlApiException>(() => client.Status());

        refusal.ShouldBeOfType(type);
        refusal.Status.ShouldBe((HttpStatusCode)status);
        refusal.Message.ShouldBe("because");
    }

    [Theory]
    [InlineData("""{"ok":false,"message":"cannot pause while draining"}""", "cannot pause while draining")]
    [InlineData("404 page not found\n", "404 page not found")]
    [InlineData("", "The daemon answered 404 (NotFound).")]
    [InlineData("""{"error":7}""", "The daemon answered 404 (NotFound).")]
    [InlineData("[]", "The daemon answered 404 (NotFound).")]
    public async Task The_message_is_taken_from_whatever_the_answer_says(string body, string message)
    {
        await using var daemon = await FakeDaemon.Answering("/api/daemon/status", HttpStatusCode.NotFound, body);
        using var client = daemon.Client();

        (await Should.ThrowAsync<NotFoundException>(() => client.Status())).Message.ShouldBe(message);
    }
}
