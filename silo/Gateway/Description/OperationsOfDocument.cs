using Donmai.Core.Daemon;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Donmai.Silo.Gateway.Description;

/// <summary>Writes the operations of <see cref="OperationGroup"/> into the document.</summary>
/// <param name="program">What runs.</param>
internal sealed class OperationsOfDocument(ProgramIdentity program) : IOpenApiDocumentTransformer
{
    private const string Token = "controlToken";

    /// <inheritdoc/>
    public async Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo { Title = "donmai control API", Version = program.Version, Description = ApiOverview.Text };
        document.Servers = [new OpenApiServer { Url = "http://127.0.0.1:7734", Description = "The default; `--host` and `--port` of `donmai daemon run` change it." }];
        document.Tags = new HashSet<OpenApiTag>(OperationGroup.All.Select(static group => new OpenApiTag { Name = group.Name }));
        document.AddComponent<IOpenApiSecurityScheme>(Token, new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "bearer",
            Description = "The content of `control.token` in the state directory; needed only where the system cannot tell whose connection it is.",
        });
        document.Security = [[], new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Token, document)] = [] }];
        var writer = new OperationWriter(document, new SchemaBook(document, context));
        foreach (var (name, answer) in CommonAnswers.OfAllRoutes.Concat(CommonAnswers.OfRefusingRoutes(typeof(ErrorBody))))
            document.AddComponent<IOpenApiResponse>(name, await writer.Response(answer, cancellationToken));
        foreach (var group in OperationGroup.All)
        {
            foreach (var operation in group.Operations)
                await writer.Add(group.Name, operation, cancellationToken);
        }
    }
}
