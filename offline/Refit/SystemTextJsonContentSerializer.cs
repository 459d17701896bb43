using System.Net.Http.Json;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Refit;

public sealed class SystemTextJsonContentSerializer(JsonSerializerOptions jsonSerializerOptions) : IHttpContentSerializer
{
    public SystemTextJsonContentSerializer()
        : this(new JsonSerializerOptions(JsonSerializerDefaults.Web))
    {
    }

    public HttpContent ToHttpContent<T>(T item) =>
        Contract<T>() is { } contract ? JsonContent.Create(item, contract) : JsonContent.Create(item, options: jsonSerializerOptions);

    public async Task<T?> FromHttpContentAsync<T>(HttpContent content, CancellationToken cancellationToken = default) =>
        Contract<T>() is { } contract
            ? await content.ReadFromJsonAsync(contract, cancellationToken).ConfigureAwait(false)
            : await content.ReadFromJsonAsync<T>(jsonSerializerOptions, cancellationToken).ConfigureAwait(false);

    public string? GetFieldNameForProperty(PropertyInfo propertyInfo) =>
        propertyInfo.GetCustomAttribute<JsonPropertyNameAttribute>(inherit: true)?.Name;

    private JsonTypeInfo<T>? Contract<T>() =>
        jsonSerializerOptions.TypeInfoResolver is null ? null : jsonSerializerOptions.GetTypeInfo(typeof(T)) as JsonTypeInfo<T>;
}
