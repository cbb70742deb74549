using System.Text.RegularExpressions;

namespace Recommender.Ingestion.Pages;

/// <summary>What a block of a page is by its heading, in the languages of the sites that were measured.</summary>
internal static partial class BlockHeadings
{
    /// <summary>Longest text that can be such a heading.</summary>
    public const int Longest = 70;

    /// <summary>Whether a heading stands over other stories, a sign-up or a share bar.</summary>
    public static bool IsOtherStories(string text) => text.Length <= Longest && OtherStories().IsMatch(Trim(text));

    /// <summary>Whether a heading stands over comments, their rules, or what follows an article to the end.</summary>
    public static bool IsTalk(string text) => text.Length <= Longest && Talk().IsMatch(Trim(text));

    /// <summary>Whether a paragraph starts like a pointer to another story: "Read more: …".</summary>
    public static bool IsPointer(string text) => Pointer().IsMatch(text);

    private static string Trim(string text) => text.Trim().TrimEnd(':', '.', '!', '…', '»', '>', '→').Trim();

    [GeneratedRegex(@"^(?:
        related(?:\s+(?:stories|articles|posts|news|content|coverage|reading|links|topics|stor(?:y|ies)|videos?|items))? | (?:more|other|latest|top|recent|popular|trending|featured)\s+(?:stories|articles|news|posts|headlines|reading|coverage|videos|reads)(?:\s+(?:from|in|on|by|about)\s+.{1,40})? |
        more\s+(?:from|on|in|about|by)\s+.{1,45} | more\s+like\s+this | read\s+(?:more|next|this\s+next|also)(?:\s.{1,40})? | also\s+(?:read|on|in|see)(?:\s.{1,40})? | up\s+next | keep\s+reading | continue\s+reading | what\s+to\s+read\s+next | next\s+article | in\s+case\s+you\s+missed\s+it |
        recommended(?:\s+.{1,40})? | you\s+(?:may|might)\s+(?:also\s+)?(?:like|enjoy|be\s+interested\s+in).{0,20} | most\s+(?:read|popular|viewed|commented|shared|recent)(?:\s.{1,30})? | trending(?:\s+now)? | popular(?:\s+now)? | editor['’]?s['’]?\s+(?:picks?|choice) | our\s+picks | don['’]t\s+miss | see\s+also | from\s+our\s+partners | around\s+the\s+web | sponsored(?:\s+content)? | promoted | from\s+the\s+archives? |
        (?:our\s+)?newsletters?(?:\s+sign[\s-]?up)? | sign\s+up\s+(?:for|to)\s.{1,50} | subscribe(?:\s.{1,50})? | stay\s+(?:informed|up\s+to\s+date|in\s+the\s+know|connected).{0,30} | get\s+(?:our|the)\s.{1,30}newsletter.{0,15} | follow\s+us(?:\s.{1,30})? | share(?:\s+(?:this|on|via|the)(?:\s.{1,30})?)? | share\s+this | support\s+(?:our|independent)\s.{1,30} | tags | topics | filed\s+under | in\s+this\s+(?:section|series|package) |
        lo\s+m[áa]s\s+(?:le[íi]do|visto|popular|reciente) | m[áa]s\s+(?:noticias|le[íi]das|informaci[óo]n|historias|art[íi]culos|de|en|sobre)(?:\s.{1,40})? | noticias\s+(?:relacionadas|destacadas) | (?:art[íi]culos|contenido|temas|notas|enlaces)\s+relacionad[oa]s? | te\s+(?:puede|podr[íi]a|recomendamos|puede\s+interesar).{0,25} | tambi[ée]n\s+te.{1,25} | lee\s+tambi[ée]n | lea\s+tambi[ée]n | ver\s+tambi[ée]n | compartir | [úu]ltimas\s+noticias | bolet[íi]n(?:es)? |
        [àa]\s+lire\s+(?:aussi|[ée]galement|sur).{0,30} | lire\s+(?:aussi|[ée]galement|la\s+suite) | [àa]\s+voir\s+aussi | sur\s+le\s+m[êe]me\s+(?:sujet|th[èe]me) | (?:les\s+)?(?:articles?\s+)?(?:les\s+)?plus\s+(?:lus?|populaires|r[ée]cents) | articles?\s+(?:li[ée]s|associ[ée]s|similaires|connexes) | dans\s+la\s+m[êe]me\s+rubrique | nos\s+derniers?\s.{1,20} | partager | vous\s+aimerez.{0,25} | en\s+savoir\s+plus | voir\s+aussi |
        lesen\s+sie\s+(?:auch|mehr|weiter|dazu).{0,30} | mehr\s+(?:zum\s+thema|aus|[üu]ber|zu|von|lesen|nachrichten|artikel)(?:\s.{1,40})? | (?:am\s+)?meist\s*gelesen(?:e\s.{1,20})? | das\s+k[öo]nnte\s+(?:sie|dich|euch).{1,25} | auch\s+interessant | weitere\s+(?:artikel|nachrichten|themen|meldungen|beitr[äa]ge).{0,25} | verwandte\s+(?:artikel|themen|beitr[äa]ge) | [äa]hnliche\s+(?:artikel|beitr[äa]ge) | empfehlungen(?:\s.{1,30})? | passend\s+dazu | teilen | zum\s+thema |
        leggi\s+anche | (?:i\s+)?pi[ùu]\s+letti | potrebbe(?:ro)?\s+interessart[iu] | (?:ti\s+)?potrebbe.{1,25} | articoli\s+(?:correlati|simili|collegati) | altre\s+(?:notizie|storie)(?:\s.{1,30})? | condividi | notizie\s+correlate |
        leia\s+(?:tamb[ée]m|mais) | (?:as\s+)?mais\s+lidas | veja\s+(?:tamb[ée]m|mais) | (?:not[íi]cias|mat[ée]rias|artigos|conte[úu]do)\s+relacionad[oa]s? | saiba\s+mais | voc[êe]\s+(?:tamb[ée]m\s+)?pode.{1,20} | mais\s+(?:sobre|not[íi]cias|de)(?:\s.{1,40})? | compartilhe |
        lees\s+(?:ook|meer|verder) | meest\s+gelezen | meer\s+(?:over|van|nieuws)(?:\s.{1,40})? | gerelateerd(?:e\s.{1,20})? | l[äa]s\s+(?:ocks[åa]|mer|vidare) | mest\s+l[äa]sta | mer\s+(?:om|fr[åa]n)\s.{1,30} | relaterat | les\s+(?:ogs[åa]|mer) | mest\s+lest | l[æa]s\s+(?:ogs[åa]|mere) | mest\s+l[æa]ste | relaterede\s.{1,20} | lue\s+(?:my[öo]s|lis[äa][äa]) | luetuimmat | aiheesta\s+lis[äa][äa] |
        читайте\s+(?:также|ещ[её]) | (?:ещ[её]\s+)?по\s+теме | похожие\s.{1,20} | самое\s+(?:читаемое|популярное) | популярное | другие\s+новости | ilgili\s+haberler | bunlar\s+da.{1,25} | en\s+çok\s+okunan(?:lar)? | daha\s+fazla.{0,20} |
        関連(?:記事|ニュース|リンク) | あわせて読みたい | おすすめ(?:の)?記事 | 人気記事 | ランキング | 相关(?:阅读|新闻|文章|推荐) | 推荐阅读 | 延伸閱讀 | 相關(?:新聞|文章) | 관련\s?(?:기사|뉴스) | 많이\s?본\s?(?:기사|뉴스) | اقرأ\s+(?:أيض[اًا]+|المزيد) | مواضيع\s+ذات\s+صلة | أخبار\s+ذات\s+صلة | الأكثر\s+قراءة
        )$", RegexOptions.IgnoreCase | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex OtherStories();

    [GeneratedRegex(@"^(?:
        (?:\d+\s+|view\s+|all\s+|show\s+|reader\s+|no\s+|latest\s+)*(?:comments?|responses?)(?:\s*\(?\d+\)?|\s+(?:polic(?:y|ies)|guidelines?|rules|section|are\s+closed|on\s.{1,40}))? | (?:our|about)\s+(?:comment(?:s|ing)?|community)\s.{1,30} | commenting\s+(?:policy|guidelines?|rules|terms) | community\s+(?:guidelines|standards|rules) | (?:leave|post|add|write)\s+(?:a|your)\s+(?:comment|reply).{0,20} | join\s+the\s+(?:conversation|discussion|debate) | what\s+do\s+you\s+think |
        about\s+the\s+authors? | (?:terms|conditions)\s+of\s+(?:use|service) | privacy\s+policy | report\s+(?:a|an)\s+(?:error|correction|typo) | contact\s+(?:us|the\s+author) |
        (?:\d+\s+)?(?:kommentare?n?|commentaires?|comentarios?|commenti|coment[áa]rios?|reacties?|kommentarer|kommentit|комментари[ийев]+|yorumlar|コメント|评论|評論|댓글|التعليقات)(?:\s*\(?\d+\)?)? | (?:schreiben\s+sie|hinterlasse).{1,30} | laisser\s+un\s+commentaire | deja\s+(?:un|tu)\s+comentario | lascia\s+un\s+commento | deixe\s+(?:um|seu)\s+coment[áa]rio | (?:über\s+den\s+autor|sobre\s+(?:el|la|o|a)\s+autora?|à\s+propos\s+de\s+l['’]auteure?)
        )$", RegexOptions.IgnoreCase | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Talk();

    [GeneratedRegex(@"^\W{0,3}(?:read\s*(?:more|also|next|on)?|also\s+read|see\s+also|related(?:\s+(?:story|stories|article|articles|coverage|reading))?|more(?:\s+(?:on\s+this|stories|news))?|watch|don['’]t\s+miss|recommended|from\s+the\s+archives?|[àa]\s+lire\s+aussi|lire\s+(?:aussi|[ée]galement)|voir\s+aussi|lesen\s+sie\s+(?:auch|mehr|hier)|mehr\s+(?:zum\s+thema|dazu)|siehe\s+auch|lea?\s+tambi[ée]n|leer?\s+m[áa]s|te\s+puede\s+interesar|leggi\s+anche|vedi\s+anche|leia\s+(?:tamb[ée]m|mais)|veja\s+tamb[ée]m|lees\s+ook|l[äa]s\s+(?:ocks[åa]|mer)|les\s+ogs[åa]|l[æa]s\s+ogs[åa]|lue\s+my[öo]s|читайте\s+также|ilgili\s+haber|関連記事|相关阅读|관련\s?기사|اقرأ\s+أيضا)\s*(?:[:：|>»→–—-]|$)", RegexOptions.IgnoreCase)]
    private static partial Regex Pointer();
}
