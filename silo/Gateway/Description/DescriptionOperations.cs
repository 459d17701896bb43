namespace Donmai.Silo.Gateway.Description;

/// <summary>The description itself.</summary>
internal static class DescriptionOperations
{
    /// <summary>The operations in reading order.</summary>
    public static IReadOnlyList<Operation> All { get; } =
    [
        new("GET", ApiDocumentRoutes.Path, "openApi", "This description in OpenAPI 3.1")
        {
            Answers = [new(200, "Always.", Type: null)],
        },
    ];
}
