using System.Text.Json;
using System.Text.Json.Serialization;

namespace Donmai.Refit.Tests;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(Entry))]
[JsonSerializable(typeof(List<Entry>))]
internal sealed partial class LedgerJson : JsonSerializerContext;
