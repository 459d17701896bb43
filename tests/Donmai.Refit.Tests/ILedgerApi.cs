namespace Donmai.Refit.Tests;

[Headers("X-Source: interface", "X-Kept: yes")]
internal interface ILedgerApi
{
    [Get("/entries/{id}")]
    Task<Entry> Entry(string id, CancellationToken cancellationToken = default);

    [Get("/entries/{entry-id}/lines/{line}")]
    Task<Entry> Line([AliasAs("entry-id")] string id, int line);

    [Get("/entries?fixed=1")]
    Task<List<Entry>> Entries([AliasAs("after")] long? since = null, [Query] string? text = null, bool? open = null);

    [Post("/entries")]
    Task<Entry> Add([Body] Entry entry);

    [Post("/entries/{id}/text")]
    Task Annotate(string id, [Body] string text);

    [Put("/entries/{id}")]
    Task Replace(string id, [Body] Entry entry, CancellationToken cancellationToken = default);

    [Delete("/entries/{id}")]
    [Headers("X-Source: method")]
    Task Remove(string id, [Header("Authorization")] string? authorization, [Header("X-Kept")] string? kept);

    [Get("/entries/{id}")]
    Task<ApiResponse<Entry>> TryEntry(string id);

    [Get("/entries/{id}")]
    Task<IApiResponse<Entry>> TryEntryByInterface(string id);

    [Get("/healthz")]
    Task<string> Health();

    [Get("/feed")]
    Task<HttpResponseMessage> Feed(CancellationToken cancellationToken = default);

    [Get("/feed")]
    Task<Stream> FeedBytes();
}
