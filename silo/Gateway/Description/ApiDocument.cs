using Donmai.Core.Daemon;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.OpenApi;

namespace Donmai.Silo.Gateway.Description;

/// <summary>
/// The OpenAPI document of the control API. It is made when it is first asked for, by services of its own that go afterwards, so that a daemon
/// that nobody asks carries nothing of it (docs/decisions/0012).
/// </summary>
/// <param name="program">What runs; its version is the document's.</param>
internal sealed class ApiDocument(ProgramIdentity program) : IResult
{
    private const string Name = "v1";

    private readonly Lazy<Task<byte[]>> _text = new(() => Write(program));

    /// <inheritdoc/>
    public async Task ExecuteAsync(HttpContext httpContext) => await new JsonAnswer<OpenApiDocument>(await _text.Value).ExecuteAsync(httpContext);

    private static async Task<byte[]> Write(ProgramIdentity program)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddRoutingCore();
        services.AddSingleton<IHostEnvironment, DescribedEnvironment>();
        services.AddSingleton(program);
        services.Configure<JsonOptions>(static json =>
        {
            json.SerializerOptions.NumberHandling = ControlApiJson.Default.Options.NumberHandling;
            json.SerializerOptions.TypeInfoResolver = ControlApiJson.Default;
        });
        services.AddOpenApi(Name, static options =>
        {
            options.AddSchemaTransformer<RecordShape>();
            options.AddDocumentTransformer<OperationsOfDocument>();
        });
        await using var provider = services.BuildServiceProvider();
        var document = await provider.GetRequiredKeyedService<IOpenApiDocumentProvider>(Name).GetOpenApiDocumentAsync();
        using var text = new MemoryStream();
        await document.SerializeAsync(text, OpenApiSpecVersion.OpenApi3_1, OpenApiConstants.Json, CancellationToken.None);
        return text.ToArray();
    }
}
