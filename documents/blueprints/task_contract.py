"""Contract of a mission between the agency that orders it and the unit that performs it."""

from documents.blueprints import contract_tables as tables
from documents.blueprints.layout import Blueprint, Sheet
from documents.blueprints.pieces import Column


def compose(sheet: Sheet) -> None:
    """Write the contract: both sides, then the articles; both sign."""
    sheet.letterhead()
    sheet.title("Hợp đồng", "Thực hiện nhiệm vụ {{ paper.project_title|quoted }}")
    sheet.legal_bases()
    sheet.text("Hôm nay, {{ letterhead.date }}, tại {{ paper.signed_at }}, chúng tôi gồm:")
    tables.side(sheet, "A", "ordering")
    tables.side(sheet, "B", "performing")
    sheet.text("Hai bên thống nhất ký hợp đồng với các điều khoản sau:")
    _work(sheet)
    _money(sheet)
    _duties(sheet)
    _results(sheet)
    _end(sheet)
    tables.both_sign(sheet)


def _work(sheet: Sheet) -> None:
    sheet.heading("Điều 1. Nội dung hợp đồng")
    sheet.text(
        "Bên A giao và Bên B nhận thực hiện nhiệm vụ {{ paper.project_title|quoted }} (mã số: "
        "{{ paper.project_code }}), do {{ paper.manager }} làm chủ nhiệm, theo Thuyết minh kèm theo. Thuyết minh là bộ "
        "phận không tách rời của Hợp đồng."
    )
    sheet.heading("Điều 2. Thời gian thực hiện")
    sheet.text("Từ ngày {{ paper.starts_on }} đến ngày {{ paper.ends_on }}.")
    sheet.heading("Điều 3. Sản phẩm giao nộp")
    sheet.text("Bên B giao nộp cho Bên A các sản phẩm sau, đúng số lượng, chất lượng và thời hạn:")
    tables.owed_results(sheet)


def _money(sheet: Sheet) -> None:
    sheet.heading("Điều 4. Kinh phí và phương thức cấp")
    sheet.text("1. Tổng kinh phí: {{ paper.value|thousands }} đồng (bằng chữ: {{ paper.value_in_words }} đồng).")
    tables.money(sheet, total=["{{ paper.value|thousands }}"])
    sheet.text("2. Kinh phí được cấp theo các đợt:")
    sheet.table(
        "part in paper.instalments",
        [
            Column(heading="Đợt", share=10, text="{{ loop.index }}", align="center"),
            Column(heading="Điều kiện", share=62, text="{{ part.condition }}"),
            Column(heading="Số tiền (đồng)", share=28, text="{{ part.amount|thousands }}", align="right"),
        ],
        total=["", "Cộng", "{{ paper.instalment_total|thousands }}"],
    )
    sheet.text("3. Đợt sau chỉ được cấp khi Bên A đã chấp nhận báo cáo về việc sử dụng kinh phí của đợt trước.")
    sheet.text(
        "4. Việc quản lý, sử dụng và quyết toán kinh phí thực hiện theo quy định về tài chính đối với nhiệm vụ khoa "
        "học và công nghệ."
    )


def _duties(sheet: Sheet) -> None:
    sheet.heading("Điều 5. Quyền và nghĩa vụ của Bên A")
    _clauses(
        sheet,
        "Cung cấp thông tin cần thiết để thực hiện nhiệm vụ; cấp kinh phí đúng đợt và đúng điều kiện tại Điều 4.",
        "Kiểm tra định kỳ hoặc đột xuất về tiến độ, chất lượng và việc sử dụng kinh phí.",
        "Trả lời bằng văn bản kiến nghị của Bên B; xem xét điều chỉnh Hợp đồng khi có lý do khách quan.",
        "Tạm ngừng cấp kinh phí và yêu cầu khắc phục khi Bên B không thực hiện đúng nội dung, tiến độ hoặc sử dụng "
        "kinh phí sai mục đích.",
        "Tổ chức đánh giá, nghiệm thu; tiếp nhận sản phẩm, tài sản và thanh lý Hợp đồng.",
    )
    sheet.heading("Điều 6. Quyền và nghĩa vụ của Bên B")
    _clauses(
        sheet,
        "Thực hiện đúng nội dung, tiến độ tại Thuyết minh; giao nộp đủ sản phẩm tại Điều 3.",
        "Sử dụng kinh phí đúng mục đích, tiết kiệm, có hiệu quả; theo dõi riêng và quyết toán theo quy định.",
        "Báo cáo tiến độ từng quý và khi Bên A yêu cầu; tạo điều kiện để Bên A kiểm tra.",
        "Lập hồ sơ, đề nghị nghiệm thu đúng hạn; hoàn thiện sản phẩm theo kết luận của Hội đồng nghiệm thu.",
        "Đăng ký, lưu giữ kết quả thực hiện nhiệm vụ theo quy định.",
        "Được đề nghị điều chỉnh Hợp đồng khi có lý do khách quan; phải báo trước cho Bên A bằng văn bản.",
    )


def _results(sheet: Sheet) -> None:
    sheet.heading("Điều 7. Đánh giá, nghiệm thu và bàn giao kết quả")
    _clauses(
        sheet,
        "Khi kết thúc thời gian thực hiện, Bên B tự đánh giá và nộp hồ sơ nghiệm thu cho Bên A trong thời hạn "
        "quy định.",
        "Hội đồng nghiệm thu đối chiếu từng sản phẩm với Điều 3 và Thuyết minh.",
        "Sản phẩm đã nghiệm thu được bàn giao cho Bên A và các đơn vị tiếp nhận, áp dụng nêu tại Thuyết minh.",
    )
    sheet.heading("Điều 8. Quyền đối với kết quả và xử lý tài sản")
    _clauses(
        sheet,
        "Quyền sở hữu, quyền sử dụng kết quả và quyền tác giả theo quy định của pháp luật về khoa học, công nghệ và sở "
        "hữu trí tuệ.",
        "Tài sản mua sắm hoặc hình thành từ ngân sách nhà nước được theo dõi và xử lý theo quy định về tài sản công.",
    )
    sheet.heading("Điều 9. Bảo mật và bảo vệ dữ liệu cá nhân")
    _clauses(
        sheet,
        "Hai bên không cung cấp thông tin của nhiệm vụ cho bên thứ ba khi chưa được bên kia đồng ý bằng văn bản, trừ "
        "trường hợp pháp luật quy định.",
        "Dữ liệu cá nhân của người đại diện chủ thể, người được khảo sát, người dự tập huấn chỉ được dùng để thực hiện "
        "nhiệm vụ, đúng mục đích mà họ đã đồng ý và theo pháp luật về bảo vệ dữ liệu cá nhân.",
    )


def _end(sheet: Sheet) -> None:
    sheet.heading("Điều 10. Điều chỉnh, chấm dứt và thanh lý Hợp đồng")
    _clauses(
        sheet,
        "Hợp đồng được điều chỉnh bằng văn bản của hai bên trước khi hết thời gian thực hiện.",
        "Hợp đồng chấm dứt khi nhiệm vụ được nghiệm thu; khi hai bên thỏa thuận chấm dứt; khi nhiệm vụ bị đình chỉ "
        "theo quyết định của cơ quan có thẩm quyền; khi một bên vi phạm nghĩa vụ đến mức nhiệm vụ không thể tiếp tục.",
        "Hợp đồng chấm dứt được thanh lý bằng biên bản của hai bên.",
    )
    sheet.heading("Điều 11. Xử lý tài chính khi chấm dứt Hợp đồng")
    _clauses(
        sheet,
        "Nhiệm vụ được nghiệm thu từ mức đạt trở lên: Bên A cấp phần kinh phí còn lại theo Điều 4.",
        "Nhiệm vụ không đạt hoặc dừng thực hiện: hai bên xác định khối lượng đã thực hiện, nguyên nhân và trách nhiệm "
        "để quyết toán.",
        "Kinh phí chưa sử dụng hoặc sử dụng sai mục đích được hoàn trả theo quy định.",
    )
    sheet.heading("Điều 12. Trách nhiệm do vi phạm; trường hợp bất khả kháng")
    _clauses(
        sheet,
        "Bên vi phạm có trách nhiệm khắc phục và bồi thường thiệt hại theo quy định của pháp luật.",
        "Bên gặp sự kiện bất khả kháng không chịu trách nhiệm về phần nghĩa vụ bị ảnh hưởng, nếu đã thông báo ngay cho "
        "bên kia bằng văn bản và làm những việc cần thiết để hạn chế thiệt hại.",
    )
    sheet.heading("Điều 13. Giải quyết tranh chấp")
    sheet.text(
        "Tranh chấp được giải quyết trước hết bằng thương lượng; không thương lượng được thì giải quyết tại Tòa án có "
        "thẩm quyền theo quy định của pháp luật."
    )
    sheet.heading("Điều 14. Điều khoản thi hành")
    with sheet.when("paper.terms"):
        sheet.text("Hai bên thỏa thuận thêm:")
    sheet.items("term in paper.terms", "{{ term }}")
    sheet.closing(
        "Hợp đồng có hiệu lực kể từ ngày ký, lập thành {{ paper.copies }} bản có giá trị như nhau; các bên giữ theo "
        "thỏa thuận"
    )


def _clauses(sheet: Sheet, *clauses: str) -> None:
    """Write the numbered clauses of one article."""
    for number, clause in enumerate(clauses, start=1):
        sheet.text(f"{number}. {clause}")


BLUEPRINT = Blueprint(version=2, title="Hợp đồng thực hiện nhiệm vụ", compose=compose)
