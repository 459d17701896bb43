using System.Runtime.CompilerServices;
using System.Text.Json;
using Donmai.Silo.Gateway;
using Donmai.Silo.Gateway.Description;

namespace Donmai.Silo.Tests.Gateway.Description;

/// <summary>docs/control-api.md is generated from the OpenAPI document, and that says what is routed.</summary>
public sealed class The_Control_API_page : IAsyncLifetime
{
    private GatewayUnderTest _gateway = null!;

    public static TheoryData<string, string, string> Examples
    {
        get
        {
            var examples = new TheoryData<string, string, string>();
            foreach (var operation in OperationGroup.All.SelectMany(static group => group.Operations))
            {
                if (operation.Body is { } body)
                    examples.Add($"{operation.Name} body", body.Type.AssemblyQualifiedName!, body.Example);
                foreach (var answer in operation.Answers.Concat(CommonAnswers.OfRefusingRoutes(operation.Refusals).Select(static common => common.Answer)))
                {
                    if (answer.Type is not null && answer.Example.Length > 0)
                        examples.Add($"{operation.Name} {answer.Status}", answer.Type.AssemblyQualifiedName!, answer.Example);
                }
            }

            return examples;
        }
    }

    public async Task InitializeAsync() => _gateway = await GatewayUnderTest.Start(open: false);

    public async Task DisposeAsync() => await _gateway.DisposeAsync();

    [Fact]
    public async Task The_page_is_what_the_document_says()
    {
        var page = new ControlApiPage(await Document()).Write();
        var path = Path.GetFullPath(Path.Combine(Here(), "../../../../docs/control-api.md"));
        if (Environment.GetEnvironmentVariable("DONMAI_WRITE_CONTROL_API") is "1")
            await File.WriteAllTextAsync(path, page);

        (await File.ReadAllTextAsync(path)).ShouldBe(page);
    }

    [Fact]
    public void Every_route_is_described_and_nothing_else()
    {
        var routed = _gateway.Server.Paths.SelectMany(static path => path.Methods.Select(method => $"{method} {path.Text.Replace("{**", "{", StringComparison.Ordinal)}"));
        var described = OperationGroup.All.SelectMany(static group => group.Operations).Select(static operation => $"{operation.Method} {operation.Path}");

        described.Order().ShouldBe(routed.Order());
    }

    [Fact]
    public async Task Every_route_says_all_that_every_route_may_answer_and_has_a_name_of_its_own()
    {
        var operations = (await Document()).GetProperty("paths").EnumerateObject().SelectMany(static path => path.Value.EnumerateObject()).ToList();

        operations.Select(static operation => operation.Value.GetProperty("operationId").GetString()).ShouldBeUnique();
        foreach (var operation in operations)
        {
            var statuses = operation.Value.GetProperty("responses").EnumerateObject().Select(static response => response.Name).ToList();
            statuses.ShouldBe(statuses.Union(["401", "403", "405", "413", "500", "503", "507"]).Order());
        }
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void An_example_is_what_the_record_writes(string what, string type, string example)
    {
        if (GatewayJson.Context.GetTypeInfo(Type.GetType(type, throwOnError: true)!) is not { } record)
            return;
        var written = JsonSerializer.Serialize(JsonSerializer.Deserialize(example, record), record);

        if (what.EndsWith("body", StringComparison.Ordinal))
            JsonSerializer.Deserialize(written, record).ShouldNotBeNull();
        else
            JsonElement.DeepEquals(JsonDocument.Parse(written).RootElement, JsonDocument.Parse(example).RootElement).ShouldBeTrue(written);
    }

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;

    private async Task<JsonElement> Document()
    {
        var answer = await _gateway.Raw("GET", ApiDocumentRoutes.Path);
        answer.Status.ShouldBe(200);
        answer.Header("Content-Type").ShouldBe("application/json");
        return answer.Json;
    }
}
