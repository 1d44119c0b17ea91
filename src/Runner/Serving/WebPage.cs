using System.Net;
using AeVae.Reports.Html;

namespace AeVae.Runner.Serving;

/// <summary>An answer to a browser.</summary>
/// <param name="Status">Whether it is what was asked for.</param>
/// <param name="Html">The page.</param>
sealed record WebPage(HttpStatusCode Status, string Html)
{
    /// <summary>After so many seconds the browser is to ask again; null for never.</summary>
    public int? RefreshSeconds { get; init; }

    /// <summary>A page that says why there is no other.</summary>
    public static WebPage Refuse(HttpStatusCode status, string title, string message) => new(status, RunListPage.Refusal(title, message));
}
