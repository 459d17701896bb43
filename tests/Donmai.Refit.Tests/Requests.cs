namespace Donmai.Refit.Tests;

public sealed class Requests
{
    [Theory]
    [InlineData("e1", "e1")]
    [InlineData("a b", "a%20b")]
    [InlineData("a/b", "a%2Fb")]
    [InlineData("ü?x=1#y", "%C3%BC%3Fx%3D1%23y")]
    [InlineData("100%", "100%25")]
    [InlineData("a+b:c_d-e.f~g", "a%2Bb%3Ac_d-e.f~g")]
    public async Task A_path_parameter_is_one_escaped_segment(string id, string segment)
    {
        var server = new FakeServer();

        await server.Api().Entry(id);

        server.Asked.ShouldBe($"GET http://ledger.test/entries/{segment}");
    }

    [Fact]
    public async Task A_path_parameter_goes_by_its_alias_and_numbers_are_written_plainly()
    {
        var server = new FakeServer();

        await server.Api().Line("e1", 12345);

        server.Asked.ShouldBe("GET http://ledger.test/entries/e1/lines/12345");
    }

    [Fact]
    public async Task Absent_query_parameters_are_left_out_and_a_fixed_query_stays()
    {
        var server = new FakeServer(body: "[]");

        await server.Api().Entries();

        server.Asked.ShouldBe("GET http://ledger.test/entries?fixed=1");
    }

    [Fact]
    public async Task Query_parameters_are_named_formatted_and_escaped()
    {
        var server = new FakeServer(body: "[]");

        await server.Api().Entries(since: 1234567, text: "a&b c", open: true);

        server.Asked.ShouldBe("GET http://ledger.test/entries?fixed=1&after=1234567&text=a%26b%20c&open=True");
    }

    [Theory]
    [InlineData("http://ledger.test/v1")]
    [InlineData("http://ledger.test/v1/")]
    public async Task The_path_of_the_base_address_is_kept(string baseAddress)
    {
        var server = new FakeServer(body: "[]");

        await server.Api(baseAddress).Entries();

        server.Asked.ShouldStartWith("GET http://ledger.test/v1/");
    }

    [Fact]
    public async Task A_body_is_serialised_by_the_given_contract()
    {
        var server = new FakeServer();

        await server.Api().Add(new Entry { Id = "e2", Amount = 3 });

        server.Asked.ShouldBe("POST http://ledger.test/entries");
        server.Sent.ShouldBe("""{"id":"e2","amount":3}""");
        server.SentType.ShouldBe("application/json; charset=utf-8");
    }

    [Fact]
    public async Task A_body_of_text_is_sent_as_it_is()
    {
        var server = new FakeServer();

        await server.Api().Annotate("e2", "as it is");

        server.Asked.ShouldBe("POST http://ledger.test/entries/e2/text");
        server.Sent.ShouldBe("as it is");
    }

    [Fact]
    public async Task Put_carries_a_body_beside_a_path_parameter()
    {
        var server = new FakeServer();

        await server.Api().Replace("e2", new Entry { Id = "e2" });

        server.Asked.ShouldBe("PUT http://ledger.test/entries/e2");
        server.Sent.ShouldBe("""{"id":"e2","amount":0}""");
    }

    [Fact]
    public async Task Headers_of_the_method_replace_those_of_the_interface_and_arguments_replace_both()
    {
        var server = new FakeServer();

        await server.Api().Remove("e2", authorization: "Bearer t", kept: null);

        server.Asked.ShouldBe("DELETE http://ledger.test/entries/e2");
        server.Headers["X-Source"].ShouldBe("method");
        server.Headers["Authorization"].ShouldBe("Bearer t");
        server.Headers.ShouldNotContainKey("X-Kept");
    }

    [Fact]
    public async Task Headers_of_the_interface_are_on_every_request()
    {
        var server = new FakeServer();

        await server.Api().Entry("e1");

        server.Headers["X-Source"].ShouldBe("interface");
        server.Headers["X-Kept"].ShouldBe("yes");
    }

    [Fact]
    public async Task A_header_argument_cannot_smuggle_another_header_in()
    {
        var server = new FakeServer();

        await server.Api().Remove("e2", authorization: "Bearer t\r\nX-Evil: 1", kept: null);

        server.Headers["Authorization"].ShouldBe("Bearer tX-Evil: 1");
        server.Headers.ShouldNotContainKey("X-Evil");
    }

    [Fact]
    public async Task A_client_without_a_base_address_is_refused()
    {
        using var client = new HttpClient(new FakeServer());
        var api = RestService.For<ILedgerApi>(client);

        await Should.ThrowAsync<InvalidOperationException>(() => api.Health());
    }
}
