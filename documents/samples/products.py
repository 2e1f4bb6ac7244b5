"""Filled papers of a project over many products."""

from documents.contexts import stamps as s
from documents.samples.shared import AGENCY, COOPERATIVES, OCOP, PRODUCTS, amounts, chart
from projects import contexts as p


def survey_report_products() -> p.SurveyReportProducts:
    names = tuple(dict.fromkeys(group for _name, _producer, group in PRODUCTS))[:3]
    groups = tuple(_surveyed_group(name) for name in names)
    return p.SurveyReportProducts(
        project_title=OCOP,
        survey_from="01/03/2026",
        survey_to="30/03/2026",
        product_count=7,
        producer_count=7,
        groups=groups,
        group_count=3,
        organisations=COOPERATIVES,
        figures=(
            p.FigureRow(label="Sản phẩm có nhật ký sản xuất", count=4, total=7, share="57,1 %"),
            p.FigureRow(label="Sản phẩm có mã số mã vạch đã đăng ký", count=5, total=7, share="71,4 %"),
        ),
        proposals=("Áp dụng thống nhất một quy trình cho mỗi nhóm sản phẩm.", "Tập huấn trước khi cấp tài khoản."),
        figures_chart=chart(
            "Kết quả khảo sát 07 sản phẩm",
            ("Sản phẩm có nhật ký sản xuất", 4, 7),
            ("Sản phẩm có mã số mã vạch đã đăng ký", 5, 7),
        ),
        capacity_chart=amounts(
            "Sản lượng của các cơ sở được khảo sát (tấn/năm)",
            *((f"Hợp tác xã Mẫu {number} (giả lập)", 100 * number + 50) for number in (3, 2, 1)),
        ),
    )


def _surveyed_group(name: str) -> p.SurveyedGroup:
    products = tuple(
        p.SurveyedProduct(
            name=product,
            producer=producer,
            stars="4 sao" if number % 2 else "3 sao",
            diary="Có" if number % 2 else "Chưa",
            barcode="Có",
            standard="Có" if number else "Chưa",
            quality_system="HACCP" if number % 2 else "",
            traceability="Nhãn giấy, chưa có tem",
            needs="hỗ trợ tem và hướng dẫn kê khai",
        )
        for number, (product, producer, group) in enumerate(PRODUCTS)
        if group == name
    )
    return p.SurveyedGroup(name=name, products=products, product_count=len(products), steps=_steps())


def _steps() -> tuple[p.ProcessStage, ...]:
    return (
        p.ProcessStage(
            name="Tiếp nhận nguyên liệu", actor="Thủ kho", records="Nơi cung cấp, ngày, khối lượng, số lô nguyên liệu"
        ),
        p.ProcessStage(name="Chế biến", actor="Tổ sản xuất", records="Lô trước, lô sau, ngày, thiết bị"),
        p.ProcessStage(name="Đóng gói", actor="Tổ đóng gói", records="Số gói, hạn sử dụng, dải tem"),
    )


def declared_data() -> p.DeclaredData:
    return p.DeclaredData(
        project_title=OCOP,
        counted_on="30/09/2026",
        accounts=tuple(
            p.AccountRow(
                producer=producer,
                representative=f"Người đại diện số {n} (giả lập)",
                login=f"0900 000 0{n:02d}",
                opened_on="20/06/2026",
                trained_on="15/06/2026",
            )
            for n, (_name, producer, _group) in enumerate(PRODUCTS, 1)
        ),
        account_count=17,
        products=tuple(
            p.CompletenessRow(
                product=name,
                producer=producer,
                code=f"GL{n:06d}",
                filled=9 if n == 4 else 10,
                required=10,
                missing="Hình ảnh sản phẩm" if n == 4 else "",
            )
            for n, (name, producer, _group) in enumerate(PRODUCTS, 1)
        ),
        product_count=17,
        complete_count=16,
    )


def stamp_handover() -> s.StampHandover:
    return s.StampHandover(
        project_title=OCOP,
        order_number="2026/0012",
        held_on="05/10/2026",
        place="Trụ sở Chi cục",
        giver_name="Trần Thị Kiểm Thử (giả lập)",
        giver_title="Phó Chi cục trưởng",
        giver_organisation=AGENCY,
        receiver_name="Siu Người Nhận (giả lập)",
        receiver_title="Giám đốc hợp tác xã",
        receiver_organisation="HTX Ong mật Demo Ia Pa (giả lập)",
        ranges=(
            s.StampRange(
                product="Mật ong hoa cà phê",
                first_serial="0K7QX2M9ZT4RBC",
                last_serial="0P3WA8H5JD6FYN",
                quantity=3000,
                lot="MO-202609-01",
                activated_on="05/10/2026",
            ),
            s.StampRange(
                product="Mật ong hoa cà phê",
                first_serial="0R9BC4T7KX2MZQ",
                last_serial="0V5DJ8N3PW6HAF",
                quantity=2000,
                lot="",
                activated_on="",
            ),
        ),
        quantity=5000,
        activated=3000,
    )


def user_guide() -> p.UserGuide:
    steps = (
        p.GuideStep(
            name="Tiếp nhận nguyên liệu",
            records="Nơi cung cấp, ngày, khối lượng, số lô nguyên liệu",
            required="Bắt buộc",
        ),
        p.GuideStep(name="Chế biến", records="Lô trước, lô sau, ngày", required="Bắt buộc"),
        p.GuideStep(name="Kiểm nghiệm", records="Số phiếu, ngày, nơi kiểm nghiệm", required="Khi có"),
    )
    groups = tuple(dict.fromkeys(group for _name, _producer, group in PRODUCTS))
    return p.UserGuide(
        project_title=OCOP,
        system_address="https://txng.vidu.example",
        support_contact="Tổ hỗ trợ truy xuất nguồn gốc (giả lập), điện thoại 0900 000 099",
        groups=tuple(
            p.GuideGroup(
                name=name,
                products=tuple(product for product, _producer, group in PRODUCTS if group == name),
                steps=steps,
            )
            for name in groups
        ),
        minimum_items=(
            "Tên sản phẩm, hàng hóa",
            "Hình ảnh sản phẩm, hàng hóa",
            "Tên và địa chỉ đơn vị sản xuất, kinh doanh",
            "Thời gian sản xuất, hạn sử dụng (nếu có)",
        ),
    )
