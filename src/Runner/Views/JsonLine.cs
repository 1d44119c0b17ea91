using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AeVae.Runner.Views;

/// <summary>Something that has just happened, as a JSON object on a line of its own (JSON Lines).</summary>
static class JsonLine
{
    static readonly JsonSerializerOptions Legible = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes it, so that a reader has it at once.</summary>
    public static void Write(TextWriter output, JsonObject happened)
    {
        output.WriteLine(happened.ToJsonString(Legible));
        output.Flush();
    }
}
